<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en">
<context>
    <name>parallax::desktop::Desktop</name>
    <message numerus="yes">
        <source>%Ln selected request(s) are the source of the next replay</source>
        <translation>
            <numerusform>%Ln selected request is the source of the next replay</numerusform>
            <numerusform>%Ln selected requests are the source of the next replay</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>parallax::shell::CommandPalette</name>
    <message numerus="yes">
        <source>%Ln results</source>
        <translation>
            <numerusform>%Ln result</numerusform>
            <numerusform>%Ln results</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>parallax::ui::CommitDialog</name>
    <message numerus="yes">
        <source>%n endpoint(s) have changes that are not saved; they are not part of the commit</source>
        <translation>
            <numerusform>%n endpoint has changes that are not saved; they are not part of the commit</numerusform>
            <numerusform>%n endpoints have changes that are not saved; they are not part of the commit</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>parallax::ui::DeploymentPicker</name>
    <message numerus="yes">
        <source>%n mirror(s)</source>
        <translation>
            <numerusform>%n mirror</numerusform>
            <numerusform>%n mirrors</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>parallax::ui::EditPresenter</name>
    <message numerus="yes">
        <source>%n endpoint(s) were deleted</source>
        <translation>
            <numerusform>%n endpoint was deleted</numerusform>
            <numerusform>%n endpoints were deleted</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>parallax::ui::ImportDialog</name>
    <message numerus="yes">
        <source> · %1, %n request(s)</source>
        <translation>
            <numerusform> · %1, %n request</numerusform>
            <numerusform> · %1, %n requests</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>parallax::ui::LivePage</name>
    <message numerus="yes">
        <source>The filter hides all %n request(s).</source>
        <translation>
            <numerusform>The filter hides the only request.</numerusform>
            <numerusform>The filter hides all %n requests.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>And %n more problem(s).</source>
        <translation>
            <numerusform>And %n more problem.</numerusform>
            <numerusform>And %n more problems.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Select exactly two requests, not %n</source>
        <translation>
            <numerusform>Select exactly two requests, not %n</numerusform>
            <numerusform>Select exactly two requests, not %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>parallax::ui::RunView</name>
    <message numerus="yes">
        <source>And %n more.</source>
        <translation>
            <numerusform>And %n more.</numerusform>
            <numerusform>And %n more.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>parallax::ui::SideBar</name>
    <message numerus="yes">
        <source>No endpoint matches; %n hidden.</source>
        <translation>
            <numerusform>No endpoint matches; %n hidden.</numerusform>
            <numerusform>No endpoint matches; %n hidden.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>parallax::widgets::FindBar</name>
    <message numerus="yes">
        <source>More than %Ln match(es)</source>
        <translation>
            <numerusform>More than %Ln match</numerusform>
            <numerusform>More than %Ln matches</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln match(es)</source>
        <translation>
            <numerusform>%Ln match</numerusform>
            <numerusform>%Ln matches</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>parallax::widgets::RowCopy</name>
    <message numerus="yes">
        <source>%Ln more row(s) were left out</source>
        <translation>
            <numerusform>%Ln more row was left out</numerusform>
            <numerusform>%Ln more rows were left out</numerusform>
        </translation>
    </message>
</context>
</TS>
