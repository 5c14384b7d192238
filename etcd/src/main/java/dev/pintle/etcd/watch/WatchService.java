package dev.pintle.etcd.watch;

import dev.pintle.etcd.message.HeaderMessage;
import dev.pintle.member.Member;
import dev.pintle.wire.GrpcService.Method;
import dev.pintle.wire.GrpcService.Streaming;
import java.util.Map;

/// The service `etcdserverpb.Watch`.
public final class WatchService {
  private final Member member;
  private final HeaderMessage header;
  private final EventMemo memo = new EventMemo();

  public WatchService(Member member, HeaderMessage header) {
    this.member = member;
    this.header = header;
  }

  public Map<String, Method> methods() {
    Streaming watch = stream -> new WatchCall(stream, member, header, memo);
    return Map.of("/etcdserverpb.Watch/Watch", watch);
  }
}
