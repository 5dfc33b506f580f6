// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/importing/importpresenter.h"
#include "ui/widgets/popupframe.h"

class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;
class QVBoxLayout;

namespace parallax::widgets {
class Label;
}

namespace parallax::ui {

/// "Import traffic": files or pasted curl lines, what would be read and masked, where it goes. Shows the presenter,
/// which it owns, and decides nothing itself. GUI thread; opened with openAt(), deletes itself when closed.
class ImportDialog final : public widgets::PopupDialog
{
    Q_OBJECT

public:
    ImportDialog(const theme::Theme &theme, const QString &repositoryRoot, QWidget *parent);

    [[nodiscard]] ImportPresenter &presenter() { return m_presenter; }
    void setFiles(const QStringList &files);
    void setPasted(const QString &text);

Q_SIGNALS:
    /// The capture is there; the dialog has closed.
    void imported(const QString &capture, qint64 read, qint64 skipped);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void build();
    QWidget *buildSource();
    QWidget *buildOptions();
    QWidget *buildButtons();
    QLineEdit *field(const QString &name, const QString &accessible, const QString &placeholder);
    void chooseFiles();
    void updateMapping();
    void updateFromPresenter();
    [[nodiscard]] QString previewText() const;
    void onProgress(qint64 done, qint64 total);
    void begin();

    const theme::Theme &m_theme;
    ImportPresenter m_presenter;
    widgets::Label *m_source = nullptr;
    QPlainTextEdit *m_paste = nullptr;
    QComboBox *m_format = nullptr;
    QLineEdit *m_endpoint = nullptr;
    QWidget *m_mapping = nullptr;
    QLineEdit *m_columns = nullptr;
    QLineEdit *m_rename = nullptr;
    QLineEdit *m_wrap = nullptr;
    QPlainTextEdit *m_preview = nullptr;
    QLineEdit *m_out = nullptr;
    widgets::Label *m_problem = nullptr;
    QProgressBar *m_progress = nullptr;
    QPushButton *m_import = nullptr;
    QPushButton *m_cancel = nullptr;
    bool m_isOutOwn = false; ///< the user has named the place
};

} // namespace parallax::ui
