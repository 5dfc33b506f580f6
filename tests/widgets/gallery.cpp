// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Shows the components of the visual language, the frame and its popups, for looking at them beside the mockups. Not a
// test: tests/widgets/gallery-shots takes the pictures.
#include "widgets/gallerypages.h"

#include "ui/theme/theme.h"

#include <QApplication>
#include <QCommandLineParser>

using namespace Qt::StringLiterals;

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(u"Parallax gallery"_s);
    QCommandLineParser parser;
    parser.addOptions(
        {{u"dark"_s, u"The dark colours."_s},
         {u"page"_s, u"components, home, frame, palette, picker or shortcuts."_s, u"name"_s, u"components"_s},
         {u"size"_s, u"Width x height of the window."_s, u"size"_s, u"1440x900"_s}});
    parser.addHelpOption();
    parser.process(application);

    using parallax::theme::Theme;
    Theme theme(parser.isSet(u"dark"_s) ? Theme::Mode::Dark : Theme::Mode::Light);
    parallax::theme::install(application, theme);
    const QStringList size = parser.value(u"size"_s).split(u'x');
    parallax::gallery::Page page(theme, parser.value(u"page"_s));
    page.show(size.value(0).toInt(), size.value(1).toInt());
    return QApplication::exec();
}
