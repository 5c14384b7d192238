package dev.pintle.member;

/// The state of a member as it tells it.
///
/// @param raftTerm grows with every start
/// @param commandsWaiting submitted and not answered
/// @param quotaBytes what the store may occupy, or [#NO_QUOTA]
/// @param storageBytes what the store occupies on disk
public record MemberStatus(
    long clusterId,
    long memberId,
    long raftTerm,
    long appliedIndex,
    long commandsWaiting,
    long storageBytes,
    long storageBytesInUse,
    long quotaBytes) {
  /// Said of a store that may have any size.
  public static final long NO_QUOTA = -1;
}
