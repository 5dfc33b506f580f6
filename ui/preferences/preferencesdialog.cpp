// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preferences/preferencesdialog.h"

#include "ui/theme/controls.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/filterfield.h"
#include "ui/widgets/label.h"
#include "ui/widgets/segmentedcontrol.h"
#include "ui/widgets/surface.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QScrollArea>
#include <QSpinBox>

using namespace Qt::StringLiterals;

namespace parallax::preferences {

using theme::Role;
using theme::TextStyle;
using widgets::Label;
using Mode = theme::Theme::Mode;

namespace {

constexpr int kNameWidth = 176;
constexpr QSize kSize{660, 600};

} // namespace

PreferencesDialog::PreferencesDialog(const theme::Theme &theme, Preferences &preferences, IsAddress isAddress,
                                     QString captureFolder, QWidget *parent)
    : QDialog(parent)
    , m_theme(theme)
    , m_preferences(preferences)
    , m_isAddress(std::move(isAddress))
    , m_captureFolder(std::move(captureFolder))
{
    setObjectName(u"preferencesDialog"_s);
    setWindowTitle(tr("Preferences"));
    auto *filter = new widgets::FilterField(theme, u"preferencesSearch"_s, tr("Search preferences"));
    filter->setPlaceholderText(tr("Search"));
    connect(filter, &widgets::FilterField::textChanged, this, &PreferencesDialog::search);
    auto *top = new QHBoxLayout;
    top->setContentsMargins(20, 16, 20, 12);
    top->addWidget(filter);

    auto *content = new widgets::Surface(theme, Role::Base);
    m_rows = new QVBoxLayout(content);
    m_rows->setContentsMargins(20, 4, 20, 16);
    m_rows->setSpacing(10);
    buildAppearance();
    buildRouter();
    buildCaptures();
    buildProgram();
    m_nothing = new Label(theme, tr("No preference has these words."), TextStyle::Body, Role::Muted);
    m_nothing->hide();
    m_rows->addWidget(m_nothing);
    m_rows->addStretch(1);
    auto *area = new QScrollArea;
    theme::setNames(area, u"preferencesArea"_s, tr("All preferences"));
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(content);

    auto *buttons = new QDialogButtonBox;
    QPushButton *defaults = buttons->addButton(tr("Restore defaults"), QDialogButtonBox::ResetRole);
    theme::setNames(defaults, u"restoreDefaults"_s, tr("Restore defaults"));
    defaults->setAutoDefault(false);
    connect(defaults, &QPushButton::clicked, &m_preferences, &Preferences::restoreDefaults);
    QPushButton *close = buttons->addButton(QDialogButtonBox::Close);
    theme::setNames(close, u"closePreferences"_s, tr("Close preferences"));
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(20, 10, 20, 12);
    foot->addWidget(buttons);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(top);
    column->addWidget(widgets::hairline(theme, Qt::Horizontal));
    column->addWidget(area, 1);
    column->addWidget(widgets::hairline(theme, Qt::Horizontal));
    column->addLayout(foot);
    resize(kSize.boundedTo(parent != nullptr ? parent->size() : kSize));
    show(m_preferences.values());
    connect(&m_preferences, &Preferences::changed, this, [this] { show(m_preferences.values()); });
    filter->setFocus();
}

void PreferencesDialog::beginSection(const QString &title)
{
    if (!m_titles.isEmpty())
        m_rows->addSpacing(6);
    auto *label = new Label(m_theme, title, TextStyle::Section);
    label->setContentsMargins(0, 10, 0, 0);
    m_rows->addWidget(label);
    m_titles += label;
}

void PreferencesDialog::addRow(const QString &text, QWidget *control, const QString &help)
{
    auto *row = new QWidget;
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(16);
    auto *name = new Label(m_theme, text);
    name->setBuddy(control);
    name->setWordWrap(true);
    theme::follow(m_theme, name, [this, name] { name->setFixedWidth(m_theme.scaled(kNameWidth)); });
    line->addWidget(name, 0, Qt::AlignTop);
    auto *column = new QVBoxLayout;
    column->setSpacing(3);
    column->addWidget(control, 0,
                      control->sizePolicy().horizontalPolicy() == QSizePolicy::Expanding ? Qt::Alignment()
                                                                                         : Qt::AlignLeft);
    auto *does = new Label(m_theme, help, TextStyle::Caption, Role::Muted);
    does->setWordWrap(true);
    column->addWidget(does);
    line->addLayout(column, 1);
    control->setAccessibleDescription(help);
    m_rows->addWidget(row);
    m_all += Row{row, text + u' ' + help, static_cast<int>(m_titles.size()) - 1};
}

template<class Value>
void PreferencesDialog::change(Value Values::*member, const Value &value)
{
    if (m_isShowing)
        return;
    Values values = m_preferences.values();
    values.*member = value;
    m_preferences.set(values);
}

QCheckBox *PreferencesDialog::addCheck(const QString &objectName, const QString &text, const QString &help,
                                       bool Values::*member)
{
    auto *check = new QCheckBox(text);
    theme::setNames(check, objectName, text);
    connect(check, &QCheckBox::toggled, this, [this, member](bool isOn) { change(member, isOn); });
    m_shows += [check, member](const Values &values) { check->setChecked(values.*member); };
    addRow({}, check, help);
    m_all.last().words += u' ' + text;
    return check;
}

QSpinBox *PreferencesDialog::addNumber(const QString &objectName, const QString &text, const QString &help,
                                       int Values::*member, int least, int most, const QString &unit)
{
    auto *box = new QSpinBox;
    theme::setNames(box, objectName, text);
    box->setRange(least, most);
    box->setSuffix(u' ' + unit);
    box->setKeyboardTracking(false); // 200 is not 2, then 20
    connect(box, &QSpinBox::valueChanged, this, [this, member](int value) { change(member, value); });
    m_shows += [box, member](const Values &values) { box->setValue(values.*member); };
    addRow(text, box, help);
    return box;
}

QComboBox *PreferencesDialog::addFont(const QString &objectName, const QString &text, const QString &help,
                                      QString Values::*member, bool isFixed)
{
    auto *box = new QComboBox;
    theme::setNames(box, objectName, text);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(24);
    box->addItem(tr("The system's"), QString());
    for (const QString &family : QFontDatabase::families()) {
        if (!isFixed || QFontDatabase::isFixedPitch(family))
            box->addItem(family, family);
    }
    connect(box, &QComboBox::currentIndexChanged, this,
            [this, box, member] { change(member, box->currentData().toString()); });
    m_shows +=
        [box, member](const Values &values) { box->setCurrentIndex(std::max(0, box->findData(values.*member))); };
    addRow(text, box, help);
    return box;
}

void PreferencesDialog::buildAppearance()
{
    beginSection(tr("Appearance"));
    auto *modes = new widgets::SegmentedControl(m_theme, u"preferenceAppearance"_s, tr("Colours"));
    for (const auto &[text, name] :
         {std::pair{tr("Like the system"), tr("Colours like the system")}, std::pair{tr("Light"), tr("Light colours")},
          std::pair{tr("Dark"), tr("Dark colours")}})
        modes->addSegment(text, {}, name);
    connect(modes, &widgets::SegmentedControl::chosen, this,
            [this](int index) { change(&Values::appearance, static_cast<Mode>(index)); });
    m_shows += [modes](const Values &values) { modes->setCurrent(static_cast<int>(values.appearance)); };
    addRow(tr("Colours"), modes, tr("Follows the light or dark setting of the desktop, or stays with one."));
    QSpinBox *zoom = addNumber(u"preferenceZoom"_s, tr("Text size"),
                               tr("Of the system font's. Rows and fields grow with it; Ctrl++ and Ctrl+- do the same."),
                               &Values::zoom, kMinZoom, kMaxZoom, tr("%", "unit"));
    zoom->setSingleStep(kZoomStep);
    addFont(u"preferenceFont"_s, tr("Text font"), tr("Of everything but code and bodies."), &Values::uiFont, false);
    addFont(u"preferenceCodeFont"_s, tr("Code font"), tr("Of YAML, bodies and addresses."), &Values::codeFont, true);
}

void PreferencesDialog::buildRouter()
{
    beginSection(tr("Router"));
    auto *listen = new QLineEdit;
    theme::setNames(listen, u"preferenceListen"_s, tr("Router address"));
    connect(listen, &QLineEdit::textEdited, this, [this, listen](const QString &text) {
        const bool isAddress = m_isAddress(text);
        theme::setInvalid(listen, !isAddress);
        if (isAddress)
            change(&Values::listen, text.trimmed());
    });
    m_shows += [listen](const Values &values) {
        if (!listen->hasFocus())
            listen->setText(values.listen);
    };
    addRow(tr("Address"), listen,
           tr("Where a router listens at first: HOST:PORT. A host other than 127.0.0.1 lets other machines in."));
    addCheck(u"preferenceRecords"_s, tr("Record requests"),
             tr("A router that starts keeps what passes through in a capture. Pause capture stops it meanwhile."),
             &Values::recordsTraffic);
}

void PreferencesDialog::buildCaptureFolder()
{
    auto *holder = new QWidget;
    holder->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    auto *line = new QHBoxLayout(holder);
    line->setContentsMargins(0, 0, 0, 0);
    auto *folder = new QLineEdit;
    theme::setNames(folder, u"preferenceCaptureFolder"_s, tr("Capture folder"));
    folder->setPlaceholderText(QDir::toNativeSeparators(m_captureFolder));
    folder->setClearButtonEnabled(true);
    connect(folder, &QLineEdit::textChanged, this, [this, folder](const QString &text) {
        const QString path = QDir::fromNativeSeparators(text.trimmed());
        const bool isFolder = path.isEmpty() || QDir::isAbsolutePath(path);
        theme::setInvalid(folder, !isFolder);
        if (isFolder)
            change(&Values::captureFolder, path);
    });
    holder->setFocusProxy(folder);
    auto *choose = new QPushButton(tr("Choose…"));
    theme::setNames(choose, u"chooseCaptureFolder"_s, tr("Choose capture folder"));
    choose->setAutoDefault(false);
    connect(choose, &QPushButton::clicked, this, [this, folder] {
        auto *dialog = new QFileDialog(this, tr("Capture folder"), folder->text());
        dialog->setFileMode(QFileDialog::Directory);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &QFileDialog::fileSelected, folder, &QLineEdit::setText);
        dialog->open();
    });
    line->addWidget(folder, 1);
    line->addWidget(choose);
    m_shows += [folder](const Values &values) {
        if (!folder->hasFocus())
            folder->setText(QDir::toNativeSeparators(values.captureFolder));
    };
    addRow(tr("Folder"), holder, tr("Where captures are made, one folder in it for each repository."));
}

void PreferencesDialog::buildCaptures()
{
    beginSection(tr("Captures"));
    buildCaptureFolder();
    addNumber(u"preferenceQuota"_s, tr("Size of a capture"),
              tr("When a capture has grown beyond that, its oldest requests make room. From the next start on."),
              &Values::captureQuotaGib, 1, kMaxQuotaGib, tr("GiB"));
    addNumber(u"preferenceBody"_s, tr("Longest body"),
              tr("Of longer ones only the first part is kept. From the next start on."), &Values::captureBodyMib, 1,
              kMaxBodyMib, tr("MiB"));
}

void PreferencesDialog::buildProgram()
{
    beginSection(tr("Program"));
    addCheck(u"preferenceReopens"_s, tr("Open the last folder at start"),
             tr("As it was left. A router or a replay never starts by itself."), &Values::reopensFolder);
    addCheck(u"preferenceSteps"_s, tr("Show the first steps"),
             tr("The four steps from a folder to a comparison, until they are done or hidden."), &Values::showsSteps);
    addCheck(u"preferenceNotifies"_s, tr("Tell when a long run has ended"),
             tr("By a message of the desktop, while another window is in front."), &Values::notifies);
    addNumber(u"preferenceNotifiesAfter"_s, tr("A run is long after"), tr("Shorter ones end without a message."),
              &Values::notifiesAfterS, 1, 3600, tr("s", "seconds"));
}

void PreferencesDialog::show(const Values &values)
{
    const QScopedValueRollback showing(m_isShowing, true);
    for (const auto &showOne : std::as_const(m_shows))
        showOne(values);
}

void PreferencesDialog::search(const QString &text)
{
    const QStringList words = text.split(u' ', Qt::SkipEmptyParts);
    QList<bool> hasRows(m_titles.size());
    bool hasAny = false;
    for (const Row &row : std::as_const(m_all)) {
        const bool matches = std::all_of(words.begin(), words.end(), [&row, this](const QString &word) {
            const auto *title = static_cast<const Label *>(m_titles.at(row.section));
            return row.words.contains(word, Qt::CaseInsensitive) || title->text().contains(word, Qt::CaseInsensitive);
        });
        row.widget->setVisible(matches);
        hasRows[row.section] |= matches;
        hasAny |= matches;
    }
    for (int i = 0; i < m_titles.size(); ++i)
        m_titles.at(i)->setVisible(hasRows.at(i));
    m_nothing->setVisible(!hasAny);
}

} // namespace parallax::preferences
