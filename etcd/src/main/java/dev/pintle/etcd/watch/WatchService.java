package dev.pintle.etcd.watch;

import dev.pintle.etcd.auth.AccessControl;
import dev.pintle.etcd.kv.KvLimits;
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

  /// etcd's largest request with what a message may have beyond it.
  private final int fragmentBytesMax;

  private final @Nullable CatchUpTurns turns;
  private final EventMemo memo = new EventMemo();

  /// @param turns which watchers wait for that are to be told of the past; null for none
  public WatchService(
      Member member,
      HeaderMessage header,
      KvLimits limits,
      AccessControl access,
      @Nullable CatchUpTurns turns) {
    this.fragmentBytesMax = limits.messageBytesMax();
    this.access = access;
    this.member = member;
    this.header = header;
    this.turns = turns;
  }

  public Map<String, Method> methods() {
    Streaming watch =
        stream -> new WatchCall(stream, member, header, access, memo, fragmentBytesMax, turns);
    return Map.of("/etcdserverpb.Watch/Watch", watch);
  }
}
