package dev.pintle.member;

/// The state of a member as it tells it.
///
/// @param raftTerm grows with every start
/// @param commandsWaiting submitted and not answered
/// @param storageBytes what the store occupies on disk
public record MemberStatus(
    long clusterId,
    long memberId,
    long raftTerm,
    long appliedIndex,
    long commandsWaiting,
    long storageBytes,
    long storageBytesInUse) {}
