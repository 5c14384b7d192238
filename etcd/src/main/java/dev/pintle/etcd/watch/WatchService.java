package dev.pintle.etcd.watch;

import dev.pintle.etcd.auth.AccessControl;
import dev.pintle.etcd.message.HeaderMessage;
import dev.pintle.member.Member;
import dev.pintle.wire.GrpcService.Method;
import dev.pintle.wire.GrpcService.Streaming;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The service `etcdserverpb.Watch`.
public final class WatchService {
  private final Member member;
  private final HeaderMessage header;
  private final AccessControl access;
  private final @Nullable CatchUpTurns turns;
  private final EventMemo memo = new EventMemo();

  /// @param turns which watchers wait for that are to be told of the past; null for none
  public WatchService(
      Member member, HeaderMessage header, AccessControl access, @Nullable CatchUpTurns turns) {
    this.access = access;
    this.member = member;
    this.header = header;
    this.turns = turns;
  }

  public Map<String, Method> methods() {
    Streaming watch = stream -> new WatchCall(stream, member, header, access, memo, turns);
    return Map.of("/etcdserverpb.Watch/Watch", watch);
  }
}
