// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Every file of yaml-test-suite as an endpoint file of a repository: what must fail is refused with its place and keeps
// its bytes; everything else opens, as a form or as text with the reason, and saves byte for byte.
#include "../yaml/suite.h"
#include "endpoints/edits.h"
#include "repository/repository.h"
#include "samples.h"
#include "support/testmain.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;
using namespace parallax;
using endpoints::EndpointFile;

namespace {

const QString kPath = u"endpoints/e.yaml"_s;

QByteArray checksum(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QCryptographicHash::hash(file.readAll(), QCryptographicHash::Sha256)
                                          : QByteArray();
}

} // namespace

class TestRepositorySuite : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void everyCaseKeepsItsBytes()
    {
        const QList<test::SuiteCase> cases = test::suiteCases();
        if (cases.isEmpty())
            QSKIP("corpora/yaml-test-suite is absent");
        const QString folder = test::freshFolder(u"suite"_s);
        test::writeFile(folder + u"/endpoints/e.yaml"_s, "");
        const Result<repository::Repository> repository = repository::Repository::discover(folder);
        VERIFY_OK(repository);
        int refused = 0;
        int forms = 0;
        int texts = 0;
        for (const test::SuiteCase &one : cases) {
            test::writeFile(folder + u'/' + kPath, one.bytes);
            const QByteArray before = checksum(folder + u'/' + kPath);
            const Result<QByteArray> bytes = repository->readFile(kPath);
            VERIFY_OK(bytes);
            const EndpointFile file = EndpointFile::read(*bytes, kPath, u"e"_s);
            QCOMPARE(file.bytes(), one.bytes);
            if (file.document()) {
                QVERIFY2(!one.mustFail, qPrintable(one.name));
                ++forms;
            } else {
                const QList<Finding> findings = file.findings();
                QCOMPARE(findings.size(), 1);
                const SourceLocation &where = findings.first().error.where;
                QVERIFY2(where.line >= 1 && where.column >= 1, qPrintable(one.name));
                QVERIFY(!endpoints::applied(file, endpoints::AddMirror{{}, {u"m"_s, u"main"_s, {}}}));
                ++(one.mustFail ? refused : texts);
            }
            if (!one.mustFail)
                VERIFY_OK(repository->saveFile(kPath, file.bytes(), *bytes));
            QCOMPARE(checksum(folder + u'/' + kPath), before);
        }
        qInfo("refused %d, opened as a document %d, as text %d", refused, forms, texts);
        QCOMPARE(refused, 94);
        QCOMPARE(refused + forms + texts, int(cases.size()));
    }
};

PARALLAX_TEST_MAIN(TestRepositorySuite)
#include "tst_repository_suite.moc"
