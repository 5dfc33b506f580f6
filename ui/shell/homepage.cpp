// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/homepage.h"

#include "ui/commands/catalogue.h"
#include "ui/commands/commandregistry.h"
#include "ui/theme/controls.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"
#include "ui/widgets/identity.h"
#include "ui/widgets/label.h"
#include "ui/widgets/surface.h"

#include <QDir>
#include <QHBoxLayout>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>

#include <array>

using namespace Qt::StringLiterals;

namespace parallax::shell {

using theme::Role;
using theme::TextStyle;
using widgets::Label;

namespace {

constexpr int kFootWidth = 880;
constexpr int kLeadWidth = 470;
constexpr int kMostRecent = 6;

/// Two lines of sight through one lens that meet a scale at different places: a request seen from two positions.
class HomeDrawing : public QWidget
{
public:
    HomeDrawing(const theme::Theme &theme, QWidget *parent)
        : QWidget(parent)
        , m_theme(theme)
    {
        setFixedSize(248, 112);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const theme::PainterScope scope(painter);
        const QColor base = m_theme.color(Role::Base);
        const QColor difference = m_theme.color(Role::ChartDiff);
        painter.setPen(QPen(m_theme.color(Role::Primary), 2));
        painter.drawLine(QPointF(26, 84), QPointF(222, 28));
        QPen dots(m_theme.color(Role::MirrorA), 2, Qt::SolidLine, Qt::RoundCap);
        dots.setDashPattern({1, 3});
        painter.setPen(dots);
        painter.drawLine(QPointF(26, 28), QPointF(222, 84));
        painter.setPen(QPen(m_theme.color(Role::Border), 2));
        painter.drawLine(QPointF(222, 14), QPointF(222, 98));
        painter.setPen(QPen(difference, 3, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(QPointF(222, 28), QPointF(222, 84));
        painter.setPen(QPen(m_theme.color(Role::Primary), 3));
        painter.setBrush(base);
        painter.drawEllipse(QPointF(26, 84), 9, 9);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.color(Role::MirrorA));
        painter.drawEllipse(QPointF(26, 28), 10.5, 10.5);
        painter.setBrush(base);
        painter.drawEllipse(QPointF(124, 56), 15, 15);
        QPainterPath lens(QPointF(124, 40));
        lens.cubicTo(134.5, 48.5, 134.5, 63.5, 124, 72);
        lens.cubicTo(113.5, 63.5, 113.5, 48.5, 124, 40);
        painter.fillPath(lens, m_theme.color(Role::AccentFill));
        painter.setPen(QPen(difference, 2.5));
        painter.setBrush(base);
        painter.drawEllipse(QPointF(222, 28), 4.5, 4.5);
        painter.drawEllipse(QPointF(222, 84), 4.5, 4.5);
    }

private:
    const theme::Theme &m_theme;
};

/// The number of a step and the dotted way to the next.
class StepMark : public QWidget
{
public:
    StepMark(const theme::Theme &theme, int number, bool isLast, QWidget *parent)
        : QWidget(parent)
        , m_theme(theme)
        , m_number(number)
        , m_isLast(isLast)
    {
        setFixedHeight(20);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const bool isNow = m_number == 1;
        const QRectF disc(0, 0, 20, 20);
        if (isNow)
            theme::fillRounded(painter, disc, 10, m_theme.color(Role::AccentFill));
        else
            theme::strokeRounded(painter, disc, 10, m_theme.color(Role::BorderStrong), 2);
        theme::text(painter, disc, QString::number(m_number), m_theme.font(TextStyle::SmallStrong),
                    m_theme.color(isNow ? Role::OnAccent : Role::Text2), Qt::AlignCenter);
        if (m_isLast)
            return;
        const theme::PainterScope scope(painter);
        QPen dots(m_theme.color(Role::BorderStrong), 2, Qt::SolidLine, Qt::RoundCap);
        dots.setDashPattern({0.1, 2});
        painter.setPen(dots);
        painter.drawLine(QPointF(29, 10), QPointF(width() - 9, 10));
    }

private:
    const theme::Theme &m_theme;
    int m_number;
    bool m_isLast;
};

} // namespace

HomePage::HomePage(const theme::Theme &theme, commands::CommandRegistry &registry, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_registry(registry)
    , m_drawing(new HomeDrawing(theme, this))
    , m_column(new QVBoxLayout(this))
{
    setObjectName(u"homePage"_s);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    m_column->setContentsMargins(24, 0, 24, 52);
    m_column->setSpacing(0);
    m_column->addStretch(158);
    m_column->addWidget(m_drawing, 0, Qt::AlignHCenter);
    m_column->addSpacing(26);
    auto *title = new Label(theme, tr("See the same request from two positions"), TextStyle::HomeTitle);
    title->setMinimumHeight(32);
    m_column->addWidget(title, 0, Qt::AlignHCenter);
    m_column->addSpacing(8);
    auto *lead = new Label(
        theme,
        tr("Parallax copies the requests of an endpoint to a second model version and shows where the answers differ."),
        TextStyle::SectionLead, Role::Text2);
    lead->setLineHeight(22);
    lead->setAlignment(Qt::AlignCenter);
    lead->setFixedWidth(kLeadWidth);
    m_column->addWidget(lead, 0, Qt::AlignHCenter);
    m_column->addSpacing(24);

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(10);
    QPushButton *example = commandButton(commands::ids::kOpenExample, tr("Try the example"), u"tryExample"_s);
    theme::setKind(example, theme::ButtonKind::Primary, theme::ButtonSize::Large);
    QPushButton *folder = commandButton(commands::ids::kOpenFolder, tr("Open folder…"), u"openFolder"_s);
    theme::setKind(folder, theme::ButtonKind::Secondary, theme::ButtonSize::Large);
    folder->setIcon(theme.icon(u"folder"_s));
    buttons->addStretch(1);
    buttons->addWidget(example);
    buttons->addWidget(folder);
    buttons->addStretch(1);
    m_column->addLayout(buttons);
    m_column->addSpacing(12);

    auto *drop = new QHBoxLayout;
    drop->setSpacing(0);
    QPushButton *import = commandButton(commands::ids::kImportTraffic, tr("Import traffic…"), u"importTraffic"_s);
    theme::setKind(import, theme::ButtonKind::Link);
    drop->addStretch(1);
    drop->addWidget(import);
    drop->addSpacing(2);
    drop->addWidget(new Label(theme, tr("or drop a folder, an endpoint file, a HAR or a curl command here"),
                              TextStyle::Body, Role::Muted));
    drop->addStretch(1);
    m_column->addLayout(drop);
    m_column->addStretch(175);

    m_steps = buildSteps();
    m_column->addWidget(m_steps, 0, Qt::AlignHCenter);
    m_recent = new QWidget;
    m_recent->setObjectName(u"recentFolders"_s);
    m_recentColumn = new QVBoxLayout(m_recent);
    m_recentColumn->setContentsMargins(0, 0, 0, 0);
    m_recentColumn->setSpacing(0);
    m_column->addWidget(m_recent, 0, Qt::AlignHCenter);
    updateFoot();
    m_example = example;
}

QPushButton *HomePage::commandButton(const QString &id, const QString &text, const QString &objectName)
{
    auto *button = new QPushButton(text, this);
    QString name = text;
    name.remove(u'…');
    theme::setNames(button, objectName, name);
    QAction *action = m_registry.action(id);
    const auto follow = [button, action] {
        button->setVisible(action->isVisible());
        button->setEnabled(action->isEnabled());
    };
    follow();
    connect(action, &QAction::changed, button, follow);
    connect(button, &QPushButton::clicked, action, &QAction::trigger);
    return button;
}

QWidget *HomePage::buildSteps()
{
    struct Step
    {
        QString title;
        QString text;
    };
    const std::array steps{
        Step{tr("Open it"), tr("A small repository and two deployments that run here.")},
        Step{tr("Add a mirror"), tr("Press + under Request Mirroring and pick a version.")},
        Step{tr("Send 50 requests"), tr("Callers get the primary’s answer, the mirror’s is recorded.")},
        Step{tr("Compare"), tr("See which answers differ, in which field, and by how much.")},
    };
    auto *foot = new QWidget;
    auto *column = new QVBoxLayout(foot);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(widgets::hairline(m_theme, Qt::Horizontal));
    column->addSpacing(19);
    auto *head = new QHBoxLayout;
    head->setSpacing(10);
    head->addWidget(new Label(m_theme, tr("The example, in four steps"), TextStyle::Strong));
    head->addWidget(new Label(m_theme, tr("About a minute, works offline."), TextStyle::Body, Role::Muted));
    head->addStretch(1);
    auto *hide = new QPushButton(tr("Hide"));
    theme::setKind(hide, theme::ButtonKind::Ghost, theme::ButtonSize::Small);
    theme::setNames(hide, u"hideSteps"_s, tr("Hide the steps"));
    connect(hide, &QPushButton::clicked, this, [this] {
        setStepsVisible(false);
        Q_EMIT stepsHidden();
    });
    head->addWidget(hide);
    column->addLayout(head);
    column->addSpacing(16);
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        auto *step = new QVBoxLayout;
        step->setSpacing(0);
        step->addWidget(new StepMark(m_theme, static_cast<int>(i) + 1, i + 1 == steps.size(), foot));
        step->addSpacing(10);
        step->addWidget(new Label(m_theme, steps[i].title, TextStyle::Strong));
        step->addSpacing(2);
        auto *text = new Label(m_theme, steps[i].text, TextStyle::Caption, Role::Muted);
        text->setLineHeight(17);
        text->setAlignment(Qt::AlignLeft | Qt::AlignTop);
        text->setContentsMargins(0, 0, 24, 0);
        step->addWidget(text, 1);
        row->addLayout(step, 1);
    }
    column->addLayout(row);
    return foot;
}

void HomePage::setRecent(const QList<RecentFolder> &folders)
{
    if (std::exchange(m_folders, folders) == folders)
        return;
    while (QLayoutItem *item = m_recentColumn->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    if (!folders.isEmpty()) {
        m_recentColumn->addWidget(widgets::hairline(m_theme, Qt::Horizontal));
        m_recentColumn->addSpacing(19);
        m_recentColumn->addWidget(new Label(m_theme, tr("Recent"), TextStyle::Strong));
        m_recentColumn->addSpacing(8);
        for (const RecentFolder &folder : folders.first(std::min<qsizetype>(folders.size(), kMostRecent))) {
            auto *row = new QHBoxLayout;
            row->setSpacing(8);
            auto *open = new QPushButton(folder.name);
            theme::setKind(open, theme::ButtonKind::Link);
            open->setIcon(m_theme.icon(u"folder"_s));
            theme::setNames(open, u"recent"_s + folder.name, tr("Open %1").arg(folder.name));
            open->setToolTip(QDir::toNativeSeparators(folder.path));
            connect(open, &QPushButton::clicked, this, [this, path = folder.path] { Q_EMIT recentChosen(path); });
            auto *path = new Label(m_theme, QDir::toNativeSeparators(folder.path), TextStyle::Body, Role::Muted);
            path->setElideMode(Qt::ElideMiddle);
            row->addWidget(open);
            row->addWidget(path, 1);
            auto *holder = new QWidget;
            row->setContentsMargins(0, 0, 0, 0);
            holder->setLayout(row);
            m_recentColumn->addWidget(holder);
        }
    }
    updateFoot();
}

void HomePage::setStepsVisible(bool isVisible)
{
    m_areStepsVisible = isVisible;
    updateFoot();
}

void HomePage::updateFoot()
{
    m_recent->setVisible(!m_folders.isEmpty());
    m_steps->setVisible(m_folders.isEmpty() && m_areStepsVisible);
}

void HomePage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_example->setFocus(Qt::TabFocusReason);
}

void HomePage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const int foot = std::min(kFootWidth, width() - 48);
    m_steps->setFixedWidth(foot);
    // Beside a stretch a layout asks for the size it likes best, not for the height at this width.
    m_steps->setMinimumHeight(m_steps->layout()->heightForWidth(foot));
    m_recent->setFixedWidth(foot);
    // On a low window the drawing is the first to go.
    m_drawing->setVisible(height() >= 520);
}

} // namespace parallax::shell
