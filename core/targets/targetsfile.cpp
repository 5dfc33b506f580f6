// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "targets/targetsfile.h"

#include "targets/targetreader.h"

#include <algorithm>

namespace parallax::targets {

TargetsFile TargetsFile::read(const QByteArray &bytes, const QString &file)
{
    TargetsFile out;
    TargetReader reader(file, out);
    reader.read(bytes);
    if (out.hasErrors())
        out.targets.clear();
    return out;
}

bool TargetsFile::hasErrors() const
{
    return std::any_of(findings.begin(), findings.end(),
                       [](const Finding &finding) { return finding.severity == Severity::Error; });
}

const Target *TargetsFile::find(const endpoints::DeploymentRef &ref) const
{
    const bool isWorkTree = ref.version.kind() == endpoints::Version::Kind::WorkTree;
    const auto it = std::find_if(targets.begin(), targets.end(), [&](const Target &target) {
        return target.match.matches(ref) && (!isWorkTree || std::holds_alternative<SourceTarget>(target.kind));
    });
    return it == targets.end() ? nullptr : &*it;
}

} // namespace parallax::targets
