# SPDX-FileCopyrightText: 2026 Parallax contributors
# SPDX-License-Identifier: GPL-3.0-or-later

# Qt6::Test defines a path of each target's own, which would keep the tests from sharing one precompiled header.
set_target_properties(Qt6::Test PROPERTIES INTERFACE_COMPILE_DEFINITIONS QT_TESTLIB_LIB)

# parallax_add_test(NAME LABEL unit|model|widget|window|cli|e2e|house SOURCES ... [MODULES rooms] [LINK libraries]
#                   [TIMEOUT seconds] [DEPENDS targets])
# One QtTest executable a unit. Its main comes from PARALLAX_TEST_MAIN of tests/support, which gives it a private HOME whose
# path has a space and a non-ASCII letter, and fails it on any unexpected warning. Labels `window` and `e2e` run under Xvfb
# with openbox; the others never need a screen.
function(parallax_add_test name)
    cmake_parse_arguments(T "" "LABEL;TIMEOUT" "SOURCES;MODULES;LINK;DEPENDS" ${ARGN})
    if(NOT T_TIMEOUT)
        set(T_TIMEOUT 60)
    endif()
    if(PARALLAX_SANITIZE)
        math(EXPR T_TIMEOUT "${T_TIMEOUT} * 4")
    endif()
    add_executable(${name} ${T_SOURCES})
    set_target_properties(${name} PROPERTIES AUTOMOC ON)
    list(TRANSFORM T_MODULES PREPEND parallax_)
    set(support parallax_test_support)
    set(command ${name})
    if(T_LABEL MATCHES "^(model|widget|window|e2e)$")
        set(support parallax_gui_test_support)
    endif()
    if(T_LABEL MATCHES "^(window|e2e)$")
        set(command "${PROJECT_SOURCE_DIR}/tests/support/with-display" $<TARGET_FILE:${name}>)
    endif()
    target_link_libraries(${name} PRIVATE ${T_MODULES} ${T_LINK} ${support} Qt6::Test project_options)
    if(support STREQUAL "parallax_test_support")
        target_precompile_headers(${name} REUSE_FROM parallax_test_support)
    endif()
    if(T_DEPENDS)
        add_dependencies(${name} ${T_DEPENDS})
    endif()
    add_test(NAME ${name} COMMAND ${command})
    set_tests_properties(${name} PROPERTIES LABELS "${T_LABEL}" TIMEOUT ${T_TIMEOUT}
        ENVIRONMENT "${PARALLAX_TEST_ENVIRONMENT};QTEST_FUNCTION_TIMEOUT=${T_TIMEOUT}000;QT_QPA_PLATFORM=$<IF:$<IN_LIST:${T_LABEL},window;e2e>,xcb,offscreen>")
endfunction()
