package dev.pintle.etcd.auth;

import dev.pintle.etcd.message.FieldReader;
import dev.pintle.etcd.status.DecodingUnary;
import dev.pintle.etcd.status.StatusException;
import dev.pintle.wire.GrpcRequest;
import dev.pintle.wire.GrpcService.Inbound;
import dev.pintle.wire.GrpcService.Method;
import dev.pintle.wire.GrpcService.Streaming;
import dev.pintle.wire.GrpcService.Unary;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// The methods that are for the administrator, or for whoever says who they are, whatever they ask for. Permissions for keys are another
/// matter: the services look at them.
public final class MethodAccess {
  private static final Set<String> FOR_ADMIN =
      Set.of(
          "/etcdserverpb.KV/Compact",
          "/etcdserverpb.Maintenance/Defragment",
          "/etcdserverpb.Maintenance/Hash",
          "/etcdserverpb.Maintenance/HashKV",
          "/etcdserverpb.Maintenance/MoveLeader",
          "/etcdserverpb.Maintenance/Downgrade",
          "/etcdserverpb.Maintenance/Snapshot",
          "/etcdserverpb.Cluster/MemberAdd",
          "/etcdserverpb.Cluster/MemberRemove",
          "/etcdserverpb.Cluster/MemberUpdate",
          "/etcdserverpb.Cluster/MemberPromote");

  private static final Set<String> FOR_USERS =
      Set.of(
          "/etcdserverpb.Maintenance/Status",
          "/etcdserverpb.Cluster/MemberList",
          "/etcdserverpb.Lease/LeaseGrant",
          "/etcdserverpb.Lease/LeaseRevoke",
          "/etcdserverpb.Lease/LeaseTimeToLive");

  /// Alarms are shown to users, and changed by the administrator.
  private static final String ALARM = "/etcdserverpb.Maintenance/Alarm";

  private static final Inbound NOBODY =
      new Inbound() {
        @Override
        public void message(ByteBuf message) {}

        @Override
        public void halfClosed() {}

        @Override
        public void aborted() {}
      };

  private final AccessControl access;

  public MethodAccess(AccessControl access) {
    this.access = access;
  }

  /// `methods`, with the question before those that are not for everybody.
  public Map<String, Method> before(Map<String, Method> methods) {
    Map<String, Method> guarded = new HashMap<>(methods);
    guarded.replaceAll((path, method) -> {
      if (FOR_ADMIN.contains(path)) {
        return guarded(method, (request, _) -> access.requireAdmin(request));
      }
      if (FOR_USERS.contains(path)) {
        return guarded(method, (request, _) -> access.requireUser(request));
      }
      return path.equals(ALARM) ? guarded(method, this::requireForAlarm) : method;
    });
    return guarded;
  }

  private interface Question {
    void require(GrpcRequest request, ByteBuf message);
  }

  private static Method guarded(Method method, Question question) {
    return switch (method) {
      case Unary unary ->
          DecodingUnary.unary((call, message) -> {
            question.require(call, message);
            unary.call(call, message);
          });
      case Streaming streaming -> streaming(streaming, question);
    };
  }

  private static Streaming streaming(Streaming method, Question question) {
    return stream -> {
      try {
        question.require(stream, Unpooled.EMPTY_BUFFER);
        return method.open(stream);
      } catch (StatusException refused) {
        stream.close(refused.status());
        return NOBODY;
      }
    };
  }

  private void requireForAlarm(GrpcRequest request, ByteBuf message) {
    FieldReader in = FieldReader.of(message);
    long action = 0;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> action = in.int64();
        default -> in.skip();
      }
    }
    if (action == 0) {
      access.requireUser(request);
    } else {
      access.requireAdmin(request);
    }
  }
}
