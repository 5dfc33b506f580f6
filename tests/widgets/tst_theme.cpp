// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testmain.h"
#include "ui/theme/controls.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDirIterator>
#include <QFontMetrics>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QToolButton>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace parallax;
using theme::Role;
using theme::Theme;

namespace {

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const double x = luminance(a);
    const double y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

} // namespace

class TestTheme : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void textIsReadableOnEverySurface()
    {
        const QList<Role> surfaces{Role::Window, Role::Base,      Role::Sunken,      Role::Raised,
                                   Role::Hover,  Role::Selection, Role::SelectionOff};
        for (const auto mode : {Theme::Mode::Light, Theme::Mode::Dark}) {
            const Theme colors(mode);
            for (const Role surface : surfaces) {
                for (const Role text : {Role::Text, Role::Text2, Role::Muted}) {
                    const double ratio = contrast(colors.color(text), colors.color(surface));
                    QVERIFY2(ratio >= 4.5,
                             qPrintable(u"%1 on %2: %3"_s.arg(roleName(text), roleName(surface)).arg(ratio)));
                }
            }
            QVERIFY(contrast(colors.color(Role::OnAccent), colors.color(Role::AccentFill)) >= 4.5);
            for (const Role glyph :
                 {Role::MirrorA, Role::MirrorB, Role::MirrorC, Role::MirrorD, Role::MirrorE, Role::MirrorF})
                QVERIFY(contrast(colors.color(glyph), colors.color(Role::Base)) >= 3);
        }
    }

    void modeSwitchesColoursAndTells()
    {
        Theme colors(Theme::Mode::Light);
        QSignalSpy changed(&colors, &Theme::changed);
        QCOMPARE(colors.isDark(), false);
        colors.setMode(Theme::Mode::Dark);
        QCOMPARE(changed.size(), 1);
        QVERIFY(colors.isDark());
        QCOMPARE(colors.palette().color(QPalette::Base), colors.color(Role::Base));
        colors.setMode(Theme::Mode::Dark);
        QCOMPARE(changed.size(), 1);
    }

    void systemModeFollowsThePaletteWithoutADesktop()
    {
        qunsetenv("DBUS_SESSION_BUS_ADDRESS");
        const Theme colors;
        QCOMPARE(colors.mode(), Theme::Mode::System);
        const QPalette palette = QGuiApplication::palette();
        QCOMPARE(colors.isDark(),
                 palette.color(QPalette::Window).lightnessF() < palette.color(QPalette::WindowText).lightnessF());
    }

    void typeScaleFollowsTheSystemFont()
    {
        const QFont before = QApplication::font();
        Theme colors(Theme::Mode::Light);
        QFont large = before;
        large.setPointSizeF(20);
        QApplication::setFont(large);
        colors.refreshFonts();
        QCOMPARE(colors.font().pointSizeF(), 20.0);
        QVERIFY(std::abs(colors.font(theme::TextStyle::Display).pointSizeF() - 20 * 30.0 / 13) < 0.01);
        QVERIFY(colors.height(theme::metrics::kTableRowHeight) >= QFontMetrics(large).height() + 8);
        QFont tiny = before;
        tiny.setPointSizeF(6);
        QApplication::setFont(tiny);
        colors.refreshFonts();
        QVERIFY(colors.font(theme::TextStyle::Small).pointSizeF() * 96 / 72 >= 10.9);
        QApplication::setFont(before);
    }

    void everyIconIsDrawnInTheColourOfItsRole()
    {
        Theme colors(Theme::Mode::Light);
        const QStringList names = theme::IconSet::names();
        QVERIFY(names.size() >= 60);
        for (const QString &name : names) {
            const QImage image = colors.icon(name, theme::IconTint::fixed(Role::Error)).pixmap(16, 16).toImage();
            bool isDrawn = false;
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x) {
                    const QColor pixel = image.pixelColor(x, y);
                    isDrawn = isDrawn || pixel.alpha() > 60;
                    if (pixel.alpha() > 250) {
                        QCOMPARE(pixel.rgb(), colors.color(Role::Error).rgb());
                    }
                }
            }
            QVERIFY2(isDrawn, qPrintable(name));
        }
    }

    void iconFollowsTheTheme()
    {
        Theme colors(Theme::Mode::Light);
        const QIcon icon = colors.icon(u"stop"_s);
        const auto middle = [&icon] { return icon.pixmap(16, 16).toImage().pixelColor(8, 8).rgb(); };
        QCOMPARE(middle(), colors.color(Role::Muted).rgb());
        colors.setMode(Theme::Mode::Dark);
        QCOMPARE(middle(), colors.color(Role::Muted).rgb());
        QCOMPARE(icon.pixmap(QSize(16, 16), 2.0).size(), QSize(32, 32));
    }

    void buttonsHaveTheSizesOfTheDesign()
    {
        Theme colors(Theme::Mode::Light);
        theme::install(*qApp, colors);
        QPushButton save(u"Save"_s);
        theme::setKind(&save, theme::ButtonKind::Primary);
        QCOMPARE(save.sizeHint().height(), std::max(28, QFontMetrics(qApp->font()).height() + 8));
        QToolButton plus;
        plus.setIcon(colors.icon(u"plus"_s));
        theme::setKind(&plus, theme::ButtonKind::Plus);
        QCOMPARE(plus.sizeHint(), QSize(24, 24));
        QToolButton ghost;
        ghost.setIcon(colors.icon(u"copy"_s));
        QCOMPARE(ghost.sizeHint(), QSize(28, 28));
    }

    void primaryButtonShowsItsRingOnlyForTheKeyboard()
    {
        Theme colors(Theme::Mode::Light);
        theme::install(*qApp, colors);
        QWidget window;
        auto *row = new QHBoxLayout(&window);
        auto *first = new QLineEdit(&window);
        auto *save = new QPushButton(u"Save"_s, &window);
        theme::setKind(save, theme::ButtonKind::Primary);
        row->addWidget(first);
        row->addWidget(save);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        const auto ring = [&window] { return window.findChild<QWidget *>(u"focusFrame"_s); };
        save->setFocus(Qt::MouseFocusReason);
        QVERIFY(ring() == nullptr || !ring()->isVisible());
        first->setFocus(Qt::TabFocusReason);
        save->setFocus(Qt::TabFocusReason);
        QTRY_VERIFY(ring() != nullptr && ring()->isVisible());
        QVERIFY(ring()->geometry().contains(save->geometry().adjusted(-3, -3, 3, 3)));
        first->setFocus(Qt::TabFocusReason);
        QTRY_VERIFY(ring() == nullptr || !ring()->isVisible());
    }

    void digitsStandUnderEachOther()
    {
        const QFont font = QApplication::font();
        QCOMPARE(theme::numberWidth(u"111"_s, font), theme::numberWidth(u"000"_s, font));
        QImage picture(100, 20, QImage::Format_ARGB32);
        QPainter painter(&picture);
        QCOMPARE(theme::numberText(painter, {0, 0, 100, 20}, u"1,204"_s, font, Qt::GlobalColor::black),
                 theme::numberWidth(u"1,204"_s, font));
    }

    void noColourStandsOutsideOfTheTheme()
    {
        static const QRegularExpression literal(
            u"\"#[0-9a-fA-F]{6,8}\"|QColor\\s*\\(\\s*[0-9\"]|0xff[0-9a-fA-F]{6}|setStyleSheet|Qt::(red|green|blue|gray|black|white)\\b"_s);
        for (const QString &top : {u"ui"_s, u"app"_s}) {
            QDirIterator it(test::sourcePath(top), {u"*.h"_s, u"*.cpp"_s}, QDir::Files, QDirIterator::Subdirectories);
            while (it.hasNext()) {
                const QString path = it.next();
                if (path.contains(u"/ui/theme/"))
                    continue;
                QFile file(path);
                QVERIFY(file.open(QIODevice::ReadOnly));
                const QRegularExpressionMatch match = literal.match(QString::fromUtf8(file.readAll()));
                QVERIFY2(!match.hasMatch(), qPrintable(path + u": "_s + match.captured()));
            }
        }
    }
};

PARALLAX_TEST_MAIN(TestTheme)
#include "tst_theme.moc"
