# SPDX-FileCopyrightText: 2026 Parallax contributors
# SPDX-License-Identifier: GPL-3.0-or-later

# parallax_add_module(NAME SOURCES ... [MODULES rooms below it] [PUBLIC libraries in its headers] [PRIVATE libraries]
#                     [PCH room whose precompiled header it reuses])
# One room of the house: a static library parallax_NAME (alias parallax::NAME). It links exactly the rooms it may include;
# tests/house checks the includes against the same list.
function(parallax_add_module name)
    cmake_parse_arguments(M "" "PCH" "SOURCES;MODULES;PUBLIC;PRIVATE" ${ARGN})
    add_library(parallax_${name} STATIC ${M_SOURCES})
    add_library(parallax::${name} ALIAS parallax_${name})
    list(TRANSFORM M_MODULES PREPEND parallax_)
    target_link_libraries(parallax_${name} PUBLIC ${M_MODULES} ${M_PUBLIC} PRIVATE project_options ${M_PRIVATE})
    set_target_properties(parallax_${name} PROPERTIES AUTOMOC ON)
    # Rooms of core include each other as "router/router.h", those of ui and app as "ui/theme/theme.h".
    file(RELATIVE_PATH place "${PROJECT_SOURCE_DIR}" "${CMAKE_CURRENT_SOURCE_DIR}")
    if(place MATCHES "^core/")
        target_include_directories(parallax_${name} PUBLIC "${PROJECT_SOURCE_DIR}/core")
    else()
        target_include_directories(parallax_${name} PUBLIC "${PROJECT_SOURCE_DIR}")
    endif()
    if(M_PCH AND NOT PARALLAX_FUZZ)
        target_precompile_headers(parallax_${name} REUSE_FROM parallax_${M_PCH})
    endif()
endfunction()
