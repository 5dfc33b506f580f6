// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/edit/commitpresenter.h"

#include <QDialog>

class QCheckBox;
class QLineEdit;
class QListWidget;
class QPlainTextEdit;
class QPushButton;
class QVBoxLayout;

namespace parallax::theme {
class Theme;
}
namespace parallax::widgets {
class CodeView;
class Label;
class MessageBar;
} // namespace parallax::widgets

namespace parallax::ui {

/// `Commit...`: the changed endpoint files with a tick each, the difference of the selected one, the message, and name
/// and mail where git knows none. Stays open with the reason when git refuses. Window modal, opened with open(),
/// deletes itself. GUI thread.
class CommitDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `unsaved` is how many endpoints have edits that are not on disk: they are not part of the commit.
    CommitDialog(const theme::Theme &theme, const repository::Repository &repository, int unsaved,
                 QWidget *parent = nullptr);

    [[nodiscard]] const CommitPresenter &presenter() const { return m_presenter; }

Q_SIGNALS:
    /// `text` says where it went; `link` opens a pull request for it, or is empty.
    void committed(const QString &text, const QString &link);

private:
    void build(int unsaved);
    void buildIdentity(QWidget *identity);
    void buildBranch(QVBoxLayout &column);
    void updateBranch();
    void onChangesRead();
    void updateMessage();
    void updateButton();
    void showDifference(int row);
    void run();
    [[nodiscard]] QStringList chosen() const;
    [[nodiscard]] bool needsIdentity() const { return !m_presenter.identity().has_value(); }

    const theme::Theme &m_theme;
    CommitPresenter m_presenter;
    widgets::MessageBar *m_bar = nullptr;
    QListWidget *m_files = nullptr;
    widgets::CodeView *m_difference = nullptr;
    QPlainTextEdit *m_message = nullptr;
    QString m_proposed;
    QWidget *m_identity = nullptr;
    QLineEdit *m_name = nullptr;
    QLineEdit *m_mail = nullptr;
    QCheckBox *m_keeps = nullptr;
    widgets::Label *m_branch = nullptr;
    QCheckBox *m_protected = nullptr;
    QLineEdit *m_newBranch = nullptr;
    widgets::Label *m_branchSays = nullptr;
    widgets::Label *m_author = nullptr;
    QPushButton *m_commit = nullptr;
};

} // namespace parallax::ui
