package dev.pintle.member.local;

import dev.pintle.member.core.MemberConfig;
import dev.pintle.member.log.LogConfig;
import dev.pintle.member.watch.WatchConfig;

/// How a member is set up, part by part.
public record Settings(MemberConfig member, LogConfig log, WatchConfig watch) {
  public static final Settings DEFAULT =
      new Settings(MemberConfig.DEFAULT, LogConfig.DEFAULT, WatchConfig.DEFAULT);
}
