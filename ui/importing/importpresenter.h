// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "traffic/importjob.h"

#include <QObject>
#include <QTemporaryDir>
#include <QTimer>

#include <optional>

namespace parallax::ui {

/// What an import dialog knows: which files (or pasted text), what the first records of them look like, and the import
/// under way. Reads and writes on the thread pool; at most one preview and one import at a time, an older preview is
/// stopped. GUI thread; owned by its dialog. Destroying it stops what runs.
class ImportPresenter final : public QObject
{
    Q_OBJECT

public:
    enum class State { Empty, Looking, Ready, Importing };
    Q_ENUM(State)

    static constexpr qint64 kPreviewed = 200; ///< records
    static constexpr int kShown = 20;

    /// `repositoryRoot` may be empty; its rules say what is secret.
    explicit ImportPresenter(QString repositoryRoot, QObject *parent = nullptr);
    ~ImportPresenter() override;

    void setFiles(const QStringList &files);
    /// curl command lines, or the text of any other format.
    void setPasted(const QString &text);
    void setFormat(const QString &format); ///< empty = by content
    void setEndpoint(const QString &endpoint);
    void setMapping(const traffic::InputMapping &mapping);

    void start(const QString &out, bool replaces);
    void stop();

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const QStringList &files() const { return m_job.files; }
    [[nodiscard]] bool isPasted() const { return m_isPasted; }
    [[nodiscard]] const traffic::ImportReport &preview() const { return m_preview; }
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }
    /// Whether the preview ended before the files did.
    [[nodiscard]] bool isPartial() const { return m_preview.read >= kPreviewed; }
    /// CSV and lines of inputs: their columns are mapped.
    [[nodiscard]] bool hasColumns() const;
    /// Where the capture would be put: beside the first file.
    [[nodiscard]] QString suggestedOut() const;
    [[nodiscard]] static QStringList formats();

Q_SIGNALS:
    /// State, preview or error are others now.
    void changed();
    /// Bytes of the file being read; total -1 when not known.
    void progressed(qint64 done, qint64 total);
    void imported(const QString &capture, qint64 read, qint64 skipped);

private:
    void look();
    void lookSoon();
    void onPreview(quint64 generation, const Result<traffic::ImportReport> &report);
    void onImported(const Result<traffic::ImportReport> &report);

    QString m_root;
    traffic::ImportJob m_job;
    QTemporaryDir m_pastedFolder;
    bool m_isPasted = false;
    State m_state = State::Empty;
    traffic::ImportReport m_preview;
    std::optional<Error> m_error;
    QTimer m_soon;
    quint64 m_generation = 0;
    std::stop_source m_stop;
};

} // namespace parallax::ui
