// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Random endpoints in random layouts: an edit changes the endpoint as a plain list would be changed, keeps every
// comment, and its inverse gives the former bytes; so does undoing a whole sequence. The canonical form says the same.
#include "base/linediff.h"
#include "endpoints/canonical.h"
#include "endpoints/edits.h"
#include "generator.h"
#include "support/testmain.h"
#include "yaml/comments.h"
#include "yaml/errors.h"

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::endpoints;

namespace {

constexpr int kFiles = 200;
constexpr int kSequences = 60;

EndpointFile file(const QByteArray &bytes)
{
    return EndpointFile::read(bytes, u"endpoints/e.yaml"_s, u"e"_s);
}

QStringList comments(const EndpointFile &file)
{
    QStringList out;
    for (const yaml::Comment &comment : yaml::commentsOf(*file.document()))
        out.append(QString::fromUtf8(comment.text));
    out.sort();
    return out;
}

template<class List, class Name>
qsizetype indexOf(const List &list, const Name &isIt)
{
    return std::distance(list.begin(), std::find_if(list.begin(), list.end(), isIt));
}

/// The same edit on the plain value.
struct Model
{
    Endpoint endpoint;

    qsizetype backend(const QString &label) const
    {
        return indexOf(endpoint.backends, [&](const Backend &backend) { return backend.label == label; });
    }
    qsizetype mirror(const QString &name) const
    {
        return indexOf(endpoint.mirrors, [&](const Mirror &mirror) { return mirror.name == name; });
    }
    void operator()(const AddMirror &edit) { endpoint.mirrors.append({nextFreeMirror(endpoint), edit.deployment}); }
    void operator()(const RemoveMirror &edit) { endpoint.mirrors.removeAt(mirror(edit.name)); }
    void operator()(const SetMirror &edit) { endpoint.mirrors[mirror(edit.name)].deployment = edit.deployment; }
    void operator()(const RenameMirror &edit) { endpoint.mirrors[mirror(edit.name)].name = edit.newName; }
    void operator()(const MoveMirror &edit) { endpoint.mirrors.move(mirror(edit.name), edit.index); }
    void operator()(const AddBackend &edit)
    {
        endpoint.backends.append({nextFreeBackend(endpoint), edit.deployment, edit.weight});
    }
    void operator()(const RemoveBackend &edit) { endpoint.backends.removeAt(backend(edit.label)); }
    void operator()(const SetBackend &edit) { endpoint.backends[backend(edit.label)].deployment = edit.deployment; }
    void operator()(const RenameBackend &edit) { endpoint.backends[backend(edit.label)].label = edit.newLabel; }
    void operator()(const MoveBackend &edit) { endpoint.backends.move(backend(edit.label), edit.index); }
    void operator()(const SetWeight &edit) { endpoint.backends[backend(edit.label)].weight = edit.weight; }
    void operator()(const KeepOnlyBackend &edit) { endpoint.backends = {endpoint.backends[backend(edit.label)]}; }
};

Edit randomEdit(const Endpoint &endpoint, test::EndpointGenerator &random)
{
    const Backend &backend = endpoint.backends[random.below(endpoint.backends.size())];
    const bool hasMirror = !endpoint.mirrors.isEmpty();
    const QString mirror = hasMirror ? endpoint.mirrors[random.below(endpoint.mirrors.size())].name : QString();
    switch (random.below(hasMirror ? 12 : 7)) {
    case 0:
        return AddMirror{{}, random.deployment()};
    case 1:
        return AddBackend{{}, random.deployment(), random.chance(2) ? std::optional(random.below(9)) : std::nullopt};
    case 2:
        return SetBackend{backend.label, random.deployment()};
    case 3:
        return RenameBackend{backend.label, u"renamed %1"_s.arg(random.below(1'000'000))};
    case 4:
        return MoveBackend{backend.label, random.below(endpoint.backends.size())};
    case 5:
        return SetWeight{backend.label, random.chance(3) ? std::nullopt : std::optional(1 + random.below(50))};
    case 6:
        if (endpoint.backends.size() > 1)
            return random.chance(4) ? Edit(KeepOnlyBackend{backend.label}) : Edit(RemoveBackend{backend.label});
        return AddMirror{{}, random.deployment()};
    case 7:
    case 8:
        return RemoveMirror{mirror};
    case 9:
        return SetMirror{mirror, random.deployment()};
    case 10:
        return RenameMirror{mirror, u"shadow: %1"_s.arg(random.below(1'000'000))};
    default:
        return MoveMirror{mirror, random.below(endpoint.mirrors.size())};
    }
}

bool dropsText(const Edit &edit)
{
    return std::holds_alternative<RemoveMirror>(edit) || std::holds_alternative<RemoveBackend>(edit) ||
           std::holds_alternative<KeepOnlyBackend>(edit) ||
           (std::holds_alternative<SetWeight>(edit) && !std::get<SetWeight>(edit).weight);
}

} // namespace

class TestEndpointsProperties : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void generatedFilesAreRead()
    {
        for (quint32 seed = 0; seed < kFiles; ++seed) {
            test::EndpointGenerator random(seed);
            const Endpoint endpoint = random.endpoint();
            const EndpointFile read = file(random.text(endpoint));
            if (!read.document())
                QFAIL(qPrintable(wording::line(read.findings().first().error) + u"\n"_s +
                                 QString::fromUtf8(read.bytes())));
            QCOMPARE(read.partial().backends, endpoint.backends);
            QCOMPARE(read.partial().mirrors, endpoint.mirrors);
            QCOMPARE(read.partial().unknown.size(), read.bytes().contains("owner:") ? 1 : 0);
        }
    }

    void oneEdit()
    {
        for (quint32 seed = 0; seed < kFiles; ++seed) {
            test::EndpointGenerator random(seed);
            const EndpointFile before = file(random.text(random.endpoint()));
            for (int i = 0; i < 6; ++i) {
                checkEdit(before, randomEdit(before.partial(), random));
                if (QTest::currentTestFailed()) {
                    qInfo("seed %u edit %d\n%s", seed, i, before.bytes().constData());
                    return;
                }
            }
        }
    }

    void addingAMirrorOnlyAddsLines()
    {
        int sixes = 0;
        for (quint32 seed = 0; seed < kFiles; ++seed) {
            test::EndpointGenerator random(seed);
            const EndpointFile before = file(random.text(random.endpoint()));
            const Result<EndpointFile> after = applied(before, AddMirror{{}, random.deployment()});
            VERIFY_OK(after);
            const base::LineDiff diff = base::diffLines(before.bytes(), after->bytes());
            const int lines = before.partial().mirrors.isEmpty() ? 6 : 5;
            // Where the section ends a file without a final newline, its last line gets one.
            const int touched = diff.removed;
            QVERIFY2(touched == 0 || (touched == 1 && !before.bytes().endsWith('\n')), after->bytes().constData());
            QCOMPARE(diff.added, lines + touched);
            sixes += touched == 0 ? 1 : 0;
            const Result<EndpointFile> back = applied(*after, RemoveMirror{after->partial().mirrors.last().name});
            VERIFY_OK(back);
            QCOMPARE(back->bytes(), before.bytes());
        }
        QVERIFY(sixes > kFiles / 2);
    }

    void undoingASequence()
    {
        int done = 0;
        for (quint32 seed = 0; seed < kSequences; ++seed) {
            test::EndpointGenerator random(seed + 10'000);
            EndpointFile now = file(random.text(random.endpoint()));
            const QByteArray original = now.bytes();
            QList<TextChange> undo;
            QByteArrayList history{original};
            for (int i = 0; i < 25; ++i) {
                const Result<EndpointFile> next = applied(now, randomEdit(now.partial(), random));
                if (!next) {
                    QCOMPARE(next.error().code, yaml::kEditUnsafe);
                    continue;
                }
                ++done;
                undo.append(TextChange::between(now.bytes(), next->bytes()).inverse());
                history.append(next->bytes());
                now = *next;
            }
            QByteArray text = now.bytes();
            while (!undo.isEmpty()) {
                QCOMPARE(text, history.takeLast());
                const std::optional<QByteArray> before = undo.takeLast().appliedTo(text);
                QVERIFY(before.has_value());
                text = *before;
            }
            QCOMPARE(text, original);
        }
        QVERIFY(done > kSequences * 20);
    }

    void aCreatedFileIsWhatWasAskedFor()
    {
        for (quint32 seed = 0; seed < kFiles; ++seed) {
            test::EndpointGenerator random(seed + 20'000);
            Endpoint endpoint = random.endpoint();
            for (Backend &backend : endpoint.backends)
                backend.weight = backend.effectiveWeight(); // always written, as the service does
            const Result<QByteArray> bytes = newEndpoint(u"e"_s, endpoint.backends, endpoint.mirrors);
            VERIFY_OK(bytes);
            const EndpointFile made = file(*bytes); // which passed the strict parser
            QVERIFY(made.isEditable() && !made.hasErrors());
            QCOMPARE(made.partial().backends, endpoint.backends);
            QCOMPARE(made.partial().mirrors, endpoint.mirrors);
            QCOMPARE(*canonicalForm(made), *bytes);
            // Making and deleting it are each other's inverse.
            const TextChange creation = TextChange::between({}, *bytes);
            QCOMPARE(creation.appliedTo({}), std::optional(*bytes));
            QCOMPARE(creation.inverse().appliedTo(*bytes), std::optional(QByteArray()));
        }
    }

    void theCanonicalFormSaysTheSame()
    {
        for (quint32 seed = 0; seed < kFiles; ++seed) {
            test::EndpointGenerator random(seed);
            const EndpointFile before = file(random.text(random.endpoint()));
            const Result<QByteArray> bytes = canonicalForm(before);
            VERIFY_OK(bytes);
            const EndpointFile after = file(*bytes);
            QCOMPARE(after.partial().backends, before.partial().backends);
            QCOMPARE(after.partial().mirrors, before.partial().mirrors);
            QCOMPARE(comments(after), comments(before));
            QVERIFY(!bytes->contains('\r') && !bytes->contains("\n\n") && bytes->endsWith('\n'));
            QCOMPARE(*canonicalForm(after), *bytes);
        }
    }

private:
    void checkEdit(const EndpointFile &before, const Edit &edit)
    {
        const Result<EndpointFile> after = applied(before, edit);
        if (!after) {
            QFAIL(qPrintable(u"edit %1: "_s.arg(edit.index()) + wording::line(after.error())));
        }
        Model model{before.partial()};
        std::visit(model, edit);
        QCOMPARE(after->partial().backends, model.endpoint.backends);
        QCOMPARE(after->partial().mirrors, model.endpoint.mirrors);
        QCOMPARE(after->partial().unknown.size(), before.partial().unknown.size());
        if (!dropsText(edit))
            QCOMPARE(comments(*after), comments(before));
        const TextChange change = TextChange::between(before.bytes(), after->bytes());
        QCOMPARE(change.appliedTo(before.bytes()), std::optional(after->bytes()));
        QCOMPARE(change.inverse().appliedTo(after->bytes()), std::optional(before.bytes()));
    }
};

PARALLAX_TEST_MAIN(TestEndpointsProperties)
#include "tst_endpoints_properties.moc"
