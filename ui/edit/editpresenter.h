// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/linediff.h"
#include "endpoints/edits.h"
#include "repository/repository.h"
#include "targets/workspace.h"

#include <QHash>
#include <QObject>
#include <QThreadPool>
#include <QUndoStack>

#include <functional>
#include <memory>

namespace parallax::ui {

/// The Edit mode without widgets: the open workspace, a document with its undo history for every endpoint, saving with
/// conflict detection. Lives on the GUI thread; everything that reads, writes or runs git happens on a pool thread of
/// its own, and what comes back is a finished value. Owned by the composition root.
class EditPresenter final : public QObject
{
    Q_OBJECT

public:
    explicit EditPresenter(const repository::Repository &repository, QObject *parent = nullptr);
    ~EditPresenter() override;

    /// Reads the workspace (again); loaded() or failed() follows.
    void reload();
    [[nodiscard]] const targets::WorkspacePtr &workspace() const { return m_workspace; }
    [[nodiscard]] const repository::Repository &repository() const { return m_repository; }
    [[nodiscard]] const QString &branch() const { return m_branch; }
    [[nodiscard]] int modifiedCount() const;

    /// In order; those made here and not saved yet too.
    [[nodiscard]] QStringList endpointNames() const;
    [[nodiscard]] bool hasErrors(const QString &name) const;
    /// The endpoint's file with everything edited so far; nothing when there is no such endpoint.
    [[nodiscard]] std::optional<endpoints::EndpointFile> file(const QString &name) const;
    [[nodiscard]] QList<Finding> findings(const QString &name) const;
    [[nodiscard]] bool isModified(const QString &name) const;
    /// The lines of the last commit beside those of now.
    [[nodiscard]] base::LineDiff diffToHead(const QString &name) const;
    [[nodiscard]] QUndoStack *undoStack(const QString &name);

    /// One step of the undo history; a finding about why not goes to failed().
    bool apply(const QString &name, const endpoints::Edit &edit, const QString &text);
    /// A hand edit of the YAML joins the same history; edits in a row become one step.
    void setText(const QString &name, const QByteArray &bytes);
    void save(const QString &name);
    /// Back to the file as it is on disk; can be undone.
    void revert(const QString &name);
    void createEndpoint(const QString &name, const endpoints::DeploymentRef &deployment);

Q_SIGNALS:
    void loaded();
    void documentChanged(const QString &name);
    void saved(const QString &name);
    /// The file changed outside since it was read; nothing was written.
    void conflicted(const QString &name);
    void failed(const parallax::Error &error);

private:
    friend class TextCommand;
    struct Document
    {
        endpoints::EndpointFile file;
        QByteArray saved;
        QByteArray head;
        std::unique_ptr<QUndoStack> undo;
    };
    struct Loaded
    {
        targets::WorkspacePtr workspace;
        QHash<QString, QByteArray> heads; ///< by endpoint path
        QString branch;
    };

    void takeUp(const Loaded &loaded);
    void change(const QString &name, const endpoints::TextChange &change);
    [[nodiscard]] Document *document(const QString &name);
    [[nodiscard]] const Document *document(const QString &name) const;
    void run(std::function<std::function<void()>()> work);

    repository::Repository m_repository;
    std::shared_ptr<targets::WorkspaceReader> m_reader; ///< used on the pool thread only
    targets::WorkspaceWatcher m_watcher;
    QThreadPool m_pool;
    targets::WorkspacePtr m_workspace;
    std::map<QString, Document> m_documents;
    QString m_branch;
};

} // namespace parallax::ui
