// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/problem.h"

#include "http/errors.h"

namespace parallax::http {

int statusOf(Problem problem)
{
    switch (problem) {
    case Problem::LineTooLong:
        return 414;
    case Problem::HeaderTooLarge:
    case Problem::TooManyFields:
        return 431;
    case Problem::UnknownCoding:
        return 501;
    case Problem::Version:
        return 505;
    case Problem::Expectation:
        return 417;
    case Problem::BodyTooLarge:
        return 413;
    case Problem::HeadTimeout:
    case Problem::BodyTimeout:
        return 408;
    case Problem::TooManyConnections:
        return 503;
    default:
        return 400;
    }
}

ErrorCode codeOf(Problem problem)
{
    switch (problem) {
    case Problem::None:
        return {};
    case Problem::RequestLine:
        return kRequestLine;
    case Problem::Method:
        return kMethod;
    case Problem::Target:
        return kTarget;
    case Problem::LineTooLong:
        return kLineTooLong;
    case Problem::LineEnd:
        return kLineEnd;
    case Problem::FieldName:
        return kFieldName;
    case Problem::FieldValue:
        return kFieldValue;
    case Problem::Folding:
        return kFolding;
    case Problem::HeaderTooLarge:
        return kHeaderTooLarge;
    case Problem::TooManyFields:
        return kTooManyFields;
    case Problem::DuplicateField:
        return kDuplicateField;
    case Problem::Host:
        return kHost;
    case Problem::ContentLength:
        return kContentLength;
    case Problem::TransferEncoding:
        return kTransferEncoding;
    case Problem::UnknownCoding:
        return kUnknownCoding;
    case Problem::Version:
        return kVersion;
    case Problem::Expectation:
        return kExpectation;
    case Problem::ChunkSize:
        return kChunkSize;
    case Problem::ChunkExtension:
        return kChunkExtension;
    case Problem::ChunkEnd:
        return kChunkEnd;
    case Problem::Trailer:
        return kTrailer;
    case Problem::BodyTooLarge:
        return kBodyTooLarge;
    case Problem::HeadTimeout:
        return kHeadTimeout;
    case Problem::BodyTimeout:
        return kBodyTimeout;
    case Problem::TooManyConnections:
        return kTooManyConnections;
    case Problem::StatusLine:
        return kStatusLine;
    case Problem::Interim:
        return kInterim;
    case Problem::CutShort:
        return kCutShort;
    }
    Q_UNREACHABLE();
}

} // namespace parallax::http
