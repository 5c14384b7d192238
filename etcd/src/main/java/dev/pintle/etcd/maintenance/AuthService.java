package dev.pintle.etcd.maintenance;

import dev.pintle.etcd.message.FieldSize;
import dev.pintle.etcd.message.FieldWriter;
import dev.pintle.etcd.message.HeaderMessage;
import dev.pintle.etcd.status.DecodingUnary;
import dev.pintle.etcd.status.EtcdStatus;
import dev.pintle.member.Member;
import dev.pintle.wire.GrpcCall;
import dev.pintle.wire.GrpcService.Method;
import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.Map;

/// The service `etcdserverpb.Auth` of a store without users: it says that authentication is off, and changes nothing.
public final class AuthService {
  private static final int AUTH_REVISION = 3;
  private static final long FIRST_AUTH_REVISION = 1;

  private final Member member;
  private final HeaderMessage header;

  public AuthService(Member member, HeaderMessage header) {
    this.member = member;
    this.header = header;
  }

  public Map<String, Method> methods() {
    Map<String, Method> methods = new HashMap<>();
    methods.put("/etcdserverpb.Auth/AuthStatus", DecodingUnary.unary(this::authStatus));
    methods.put(
        "/etcdserverpb.Auth/Authenticate", DecodingUnary.always(EtcdStatus.AUTH_NOT_ENABLED));
    for (String name : NOT_SERVED) {
      methods.put(
          "/etcdserverpb.Auth/" + name, DecodingUnary.notServed("etcdserverpb.Auth/" + name));
    }
    return methods;
  }

  private void authStatus(GrpcCall call, ByteBuf message) {
    int size = FieldSize.int64(AUTH_REVISION, FIRST_AUTH_REVISION);
    ByteBuf out = header.begin(call.allocator(), member.view().revision(), size);
    FieldWriter.int64(out, AUTH_REVISION, FIRST_AUTH_REVISION);
    call.reply(out);
  }

  private static final String[] NOT_SERVED = {
    "AuthEnable",
    "AuthDisable",
    "UserAdd",
    "UserGet",
    "UserList",
    "UserDelete",
    "UserChangePassword",
    "UserGrantRole",
    "UserRevokeRole",
    "RoleAdd",
    "RoleGet",
    "RoleList",
    "RoleDelete",
    "RoleGrantPermission",
    "RoleRevokePermission"
  };
}
