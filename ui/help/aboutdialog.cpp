// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/help/aboutdialog.h"

#include "base/files.h"
#include "ui/theme/controls.h"
#include "ui/theme/theme.h"
#include "ui/widgets/label.h"
#include "ui/widgets/surface.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QGuiApplication>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSysInfo>

#include <array>

using namespace Qt::StringLiterals;

namespace parallax::help {

using theme::Role;
using theme::TextStyle;
using widgets::Label;

namespace {

constexpr qint64 kMostBytes = 256 * 1024;

struct Part
{
    const char *name;
    const char *licence;
};

/// Names and licences are not translated.
constexpr std::array kParts{
    Part{"Qt", "LGPL-3.0"},          Part{"QScintilla", "GPL-3.0"},     Part{"QCustomPlot", "GPL-3.0"},
    Part{"SQLite", "Public-Domain"}, Part{"yaml-cpp", "MIT"},           Part{"libfyaml", "MIT"},
    Part{"simdjson", "Apache-2.0"},  Part{"Zstandard", "BSD-3-Clause"}, Part{"zlib", "Zlib"},
    Part{"Boost", "BSL-1.0"},        Part{"tl::expected", "CC0-1.0"}};

QString versions()
{
    return u"Parallax %1\nQt %2, %3\n%4"_s.arg(QCoreApplication::applicationVersion(), QString::fromLatin1(qVersion()),
                                               QGuiApplication::platformName(), QSysInfo::prettyProductName());
}

} // namespace

AboutDialog::AboutDialog(const theme::Theme &theme, const QString &licenceFile, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(u"aboutDialog"_s);
    setWindowTitle(tr("About Parallax"));
    auto *content = new widgets::Surface(theme, Role::Base);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(28, 24, 28, 20);
    column->setSpacing(6);
    column->addWidget(new Label(theme, u"Parallax"_s, TextStyle::HomeTitle));
    column->addWidget(
        new Label(theme, tr("The same request seen from two positions"), TextStyle::SectionLead, Role::Text2));
    column->addSpacing(8);
    auto *facts = new Label(theme, versions());
    theme::setNames(facts, u"aboutVersions"_s, versions());
    facts->setSelectable(true);
    column->addWidget(facts);
    column->addSpacing(10);
    column->addWidget(new Label(theme, tr("Built on"), TextStyle::CaptionStrong, Role::Text2));
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(20);
    grid->setVerticalSpacing(3);
    int place = 0;
    for (const Part &part : kParts) {
        const int side = place % 2 * 2;
        grid->addWidget(new Label(theme, QString::fromLatin1(part.name)), place / 2, side);
        grid->addWidget(new Label(theme, QString::fromLatin1(part.licence), TextStyle::Body, Role::Muted), place / 2,
                        side + 1);
        ++place;
    }
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(3, 1);
    column->addLayout(grid);
    column->addSpacing(10);
    column->addWidget(new Label(theme, tr("Parallax itself: GNU General Public License, version 3 or later"),
                                TextStyle::CaptionStrong, Role::Text2));
    auto *licence = new QPlainTextEdit;
    theme::setNames(licence, u"aboutLicence"_s, tr("Licence"));
    licence->setReadOnly(true);
    licence->setTabChangesFocus(true);
    licence->setFont(theme.font(TextStyle::CodeSmall));
    const Result<QByteArray> text = base::readFile(licenceFile, kMostBytes);
    licence->setPlainText(text ? QString::fromUtf8(*text) : tr("The text of the licence is missing."));
    column->addWidget(licence, 1);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    theme::setNames(buttons->button(QDialogButtonBox::Close), u"closeAbout"_s, tr("Close about"));
    QPushButton *copy = buttons->addButton(tr("Copy versions"), QDialogButtonBox::ActionRole);
    theme::setNames(copy, u"copyVersions"_s, tr("Copy versions"));
    copy->setAutoDefault(false);
    connect(copy, &QPushButton::clicked, this, [] { QGuiApplication::clipboard()->setText(versions()); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 12);
    outer->setSpacing(10);
    outer->addWidget(content, 1);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(16, 0, 16, 0);
    foot->addWidget(buttons);
    outer->addLayout(foot);
    resize(560, 580);
}

} // namespace parallax::help
