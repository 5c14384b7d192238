package dev.pintle.etcd.auth;

import dev.pintle.etcd.auth.AuthMessages.NewPassword;
import dev.pintle.etcd.auth.AuthMessages.NewUser;
import dev.pintle.etcd.auth.AuthMessages.Pair;
import dev.pintle.etcd.auth.AuthMessages.RoleGrant;
import dev.pintle.etcd.auth.AuthMessages.RoleRevoke;
import dev.pintle.etcd.message.FieldReader;
import dev.pintle.etcd.message.HeaderMessage;
import dev.pintle.etcd.status.AuthErrors;
import dev.pintle.etcd.status.DecodingUnary;
import dev.pintle.etcd.status.EtcdErrors;
import dev.pintle.etcd.status.EtcdStatus;
import dev.pintle.etcd.status.StatusException;
import dev.pintle.etcd.work.SlowWork;
import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.InvariantViolation;
import dev.pintle.kernel.auth.AuthChange;
import dev.pintle.kernel.auth.AuthImage;
import dev.pintle.kernel.auth.AuthRole;
import dev.pintle.kernel.auth.AuthUser;
import dev.pintle.kernel.auth.KeyPermission;
import dev.pintle.kernel.auth.Requester;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.member.Member;
import dev.pintle.member.StoreView;
import dev.pintle.wire.GrpcCall;
import dev.pintle.wire.GrpcService.Method;
import io.netty.buffer.ByteBuf;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The service `etcdserverpb.Auth`. Changes go through the log, with passwords hashed before it, where clients take turns; lists are read from
/// the newest state.
public final class AuthService {
  /// As many as a key of a bbolt file may have.
  private static final int NAME_BYTES_MAX = 32_768;

  private final Member member;
  private final AuthMessages messages;
  private final AuthConfig config;
  private final AccessControl access;
  private final SlowWork slowWork;
  private final Login login;

  public AuthService(
      Member member,
      HeaderMessage header,
      AuthConfig config,
      AccessControl access,
      SlowWork slowWork) {
    this.member = member;
    this.messages = new AuthMessages(header);
    this.config = config;
    this.access = access;
    this.slowWork = slowWork;
    this.login = new Login(member, config, messages, slowWork);
  }

  /// @param requestBytesMax largest request that changes something
  public Map<String, Method> methods(int requestBytesMax) {
    Map<String, Method> methods = new HashMap<>();
    methods.put(path("AuthStatus"), DecodingUnary.unary(this::status));
    methods.put(path("Authenticate"), DecodingUnary.unary(login::authenticate));
    methods.put(path("UserGet"), DecodingUnary.unary(this::userGet));
    methods.put(path("UserList"), DecodingUnary.unary(this::userList));
    methods.put(path("RoleGet"), DecodingUnary.unary(this::roleGet));
    methods.put(path("RoleList"), DecodingUnary.unary(this::roleList));
    Map<String, Change> changes = new HashMap<>();
    changes.put("AuthEnable", (call, _) -> submit(call, new AuthChange.Enable()));
    changes.put("AuthDisable", (call, _) -> submit(call, new AuthChange.Disable()));
    changes.put("UserAdd", this::userAdd);
    changes.put(
        "UserDelete", (call, in) -> submit(call, new AuthChange.UserDelete(AuthMessages.name(in))));
    changes.put("UserChangePassword", this::userChangePassword);
    changes.put("UserGrantRole", this::userGrantRole);
    changes.put("UserRevokeRole", this::userRevokeRole);
    changes.put("RoleAdd", this::roleAdd);
    changes.put(
        "RoleDelete", (call, in) -> submit(call, new AuthChange.RoleDelete(AuthMessages.name(in))));
    changes.put("RoleGrantPermission", this::roleGrantPermission);
    changes.put("RoleRevokePermission", this::roleRevokePermission);
    changes.forEach((name, change) ->
        methods.put(
            path(name),
            DecodingUnary.bounded(
                requestBytesMax, (call, message) -> change.begin(call, FieldReader.of(message)))));
    return methods;
  }

  private interface Change {
    void begin(GrpcCall call, FieldReader in);
  }

  private static String path(String method) {
    return "/etcdserverpb.Auth/" + method;
  }

  private void userAdd(GrpcCall call, FieldReader in) {
    NewUser asked = AuthMessages.newUser(in);
    requireTellable(call, asked.name());
    if (asked.noPassword()) {
      submit(call, new AuthChange.UserAdd(asked.name(), Bytes.EMPTY, true));
    } else {
      hashed(call, asked.password(), hash -> new AuthChange.UserAdd(asked.name(), hash, false));
    }
  }

  private void roleAdd(GrpcCall call, FieldReader in) {
    Bytes name = AuthMessages.name(in);
    requireTellable(call, name);
    submit(call, new AuthChange.RoleAdd(name));
  }

  /// A snapshot has no room for a longer name.
  private void requireTellable(GrpcCall call, Bytes name) {
    if (name.size() > NAME_BYTES_MAX) {
      access.requireAdmin(call);
      throw new StatusException(AuthErrors.NAME_TOO_LONG);
    }
  }

  /// Without a password the client may have hashed it itself, as etcd's own log has it.
  private void userChangePassword(GrpcCall call, FieldReader in) {
    NewPassword asked = AuthMessages.newPassword(in);
    if (asked.password().isEmpty()) {
      submit(call, new AuthChange.UserChangePassword(asked.name(), decoded(asked)));
    } else {
      hashed(call, asked.password(), hash -> new AuthChange.UserChangePassword(asked.name(), hash));
    }
  }

  /// Whose user has no password, its hash is not looked at.
  private Bytes decoded(NewPassword asked) {
    try {
      return Bytes.wrap(Base64.getDecoder().decode(asked.hash().array()));
    } catch (IllegalArgumentException noBase64) {
      if (member.view().auth().user(asked.name()).filter(user -> !user.noPassword()).isPresent()) {
        throw new StatusException(AuthErrors.NO_PASSWORD_USER);
      }
      return Bytes.EMPTY;
    }
  }

  private interface WithHash {
    AuthChange change(Bytes hash);
  }

  /// Whoever may not change anything is not to have anything computed.
  private void hashed(GrpcCall call, Bytes password, WithHash change) {
    access.requireAdmin(call);
    if (password.size() > PasswordHashing.PASSWORD_BYTES_MAX) {
      throw new StatusException(AuthErrors.PASSWORD_TOO_LONG);
    }
    Runnable hashing =
        () -> {
          byte[] hash = config.hashing().hash(password.array(), config.bcryptCost());
          try {
            submit(call, change.change(Bytes.wrap(hash)));
          } catch (StatusException refused) {
            call.fail(refused.status());
          }
        };
    if (!slowWork.tryExecuteLong(call, DecodingUnary.answering(call, hashing))) {
      call.fail(EtcdStatus.STOPPED);
    }
  }

  private void userGrantRole(GrpcCall call, FieldReader in) {
    Pair asked = AuthMessages.pair(in);
    submit(call, new AuthChange.UserGrantRole(asked.first(), asked.second()));
  }

  private void userRevokeRole(GrpcCall call, FieldReader in) {
    Pair asked = AuthMessages.pair(in);
    submit(call, new AuthChange.UserRevokeRole(asked.first(), asked.second()));
  }

  private void roleGrantPermission(GrpcCall call, FieldReader in) {
    RoleGrant asked = AuthMessages.roleGrant(in);
    KeyPermission permission = asked.permission();
    if (permission == null) {
      access.requireAdmin(call);
      throw new StatusException(AuthErrors.PERMISSION_NOT_GIVEN);
    }
    submit(call, new AuthChange.RoleGrantPermission(asked.role(), permission));
  }

  private void roleRevokePermission(GrpcCall call, FieldReader in) {
    RoleRevoke asked = AuthMessages.roleRevoke(in);
    submit(call, new AuthChange.RoleRevokePermission(asked.role(), asked.key(), asked.end()));
  }

  private void submit(GrpcCall call, AuthChange change) {
    Command asked = access.asked(call, new Command.ChangeAuth(change));
    member.submit(asked, outcome -> answer(call, outcome));
  }

  private void answer(GrpcCall call, Outcome outcome) {
    switch (outcome) {
      case Outcome.AuthChanged done ->
          call.reply(messages.empty(call.allocator(), done.revision()));
      case Outcome.Refused refused -> call.fail(EtcdErrors.status(refused));
      case Outcome.Applied other ->
          throw new InvariantViolation("%s for a change of users".formatted(other));
    }
  }

  private void status(GrpcCall call, ByteBuf message) {
    StoreView view = member.view();
    AuthImage auth = view.auth();
    if (auth.isEnabled()) {
      access.requester(auth, call);
    }
    call.reply(
        messages.status(call.allocator(), view.revision(), auth.isEnabled(), auth.revision()));
  }

  private void userList(GrpcCall call, ByteBuf message) {
    access.requireAdmin(call);
    StoreView view = member.view();
    List<Bytes> names = view.auth().users().stream().map(AuthUser::name).toList();
    call.reply(messages.names(call.allocator(), view.revision(), names));
  }

  private void roleList(GrpcCall call, ByteBuf message) {
    access.requireAdmin(call);
    StoreView view = member.view();
    List<Bytes> names = view.auth().roles().stream().map(AuthRole::name).toList();
    call.reply(messages.names(call.allocator(), view.revision(), names));
  }

  /// Users may look at themselves.
  private void userGet(GrpcCall call, ByteBuf message) {
    Bytes name = AuthMessages.name(FieldReader.of(message));
    StoreView view = member.view();
    AuthImage auth = view.auth();
    if (auth.isEnabled() && !access.requester(auth, call).user().equals(name)) {
      access.requireAdmin(call);
    }
    AuthUser user =
        auth.user(name).orElseThrow(() -> new StatusException(AuthErrors.USER_NOT_FOUND));
    call.reply(messages.names(call.allocator(), view.revision(), user.roles()));
  }

  /// Users may look at their roles.
  private void roleGet(GrpcCall call, ByteBuf message) {
    Bytes name = AuthMessages.name(FieldReader.of(message));
    StoreView view = member.view();
    AuthImage auth = view.auth();
    if (auth.isEnabled()) {
      Requester by = access.requester(auth, call);
      boolean own = auth.user(by.user()).filter(user -> user.has(name)).isPresent();
      if (!own) {
        access.requireAdmin(call);
      }
    }
    AuthRole role =
        auth.role(name).orElseThrow(() -> new StatusException(AuthErrors.ROLE_NOT_FOUND));
    List<KeyPermission> shown =
        name.equals(AuthUser.ROOT) ? List.of(KeyPermission.ROOT) : role.permissions();
    call.reply(messages.permissions(call.allocator(), view.revision(), shown));
  }
}
