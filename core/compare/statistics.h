// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Statistics of paired answers: the same request, answered by a primary and a mirror. One header for all of them.
#pragma once

#include "compare/distributions.h"
#include "compare/intervals.h"
#include "compare/labelagreement.h"
#include "compare/ranktests.h"
#include "compare/sampledmean.h"
#include "compare/sharetest.h"
#include "compare/similarity.h"
