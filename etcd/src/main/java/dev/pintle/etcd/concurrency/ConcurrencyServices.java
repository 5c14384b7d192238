package dev.pintle.etcd.concurrency;

import dev.pintle.etcd.auth.AccessControl;
import dev.pintle.etcd.kv.KvLimits;
import dev.pintle.etcd.message.HeaderMessage;
import dev.pintle.etcd.work.SlowWork;
import dev.pintle.member.Member;
import dev.pintle.wire.GrpcService.Method;
import java.util.HashMap;
import java.util.Map;

/// The services `v3lockpb.Lock` and `v3electionpb.Election`.
public final class ConcurrencyServices {
  private final Sessions sessions;

  public ConcurrencyServices(
      Member member,
      HeaderMessage header,
      KvLimits limits,
      AccessControl access,
      SlowWork slowWork) {
    this.sessions =
        new Sessions(
            member,
            header,
            access,
            slowWork,
            new CreationQueues(member, slowWork),
            limits.requestBytesMax());
  }

  public Map<String, Method> methods() {
    Map<String, Method> methods = new HashMap<>();
    methods.putAll(new LockService(sessions).methods());
    methods.putAll(new ElectionService(sessions).methods());
    return methods;
  }
}
