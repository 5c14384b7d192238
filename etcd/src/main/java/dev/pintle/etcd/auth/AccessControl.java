package dev.pintle.etcd.auth;

import dev.pintle.etcd.status.AuthErrors;
import dev.pintle.etcd.status.EtcdStatus;
import dev.pintle.etcd.status.StatusException;
import dev.pintle.etcd.work.SlowWork;
import dev.pintle.kernel.auth.AuthImage;
import dev.pintle.kernel.auth.AuthRefusal;
import dev.pintle.kernel.auth.KeyAccess;
import dev.pintle.kernel.auth.Requester;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.lease.LeaseImage;
import dev.pintle.kernel.state.CommandPermissions;
import dev.pintle.member.StoreView;
import dev.pintle.wire.GrpcRequest;
import dev.pintle.wire.GrpcStatus;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The question in whose name a request comes, and whether that user may have done what it asks for. Where permissions are not checked it
/// costs one look at the store's state. What is refused is thrown as [StatusException].
public final class AccessControl {
  private static final String BEARER = "Bearer ";

  /// More keys of a lease are looked at on another thread.
  private static final int KEYS_AT_ONCE_MAX = 256;

  private final Supplier<StoreView> newest;
  private final TokenProvider tokens;
  private final boolean clientCertificates;
  private final SlowWork slowWork;
  private final CommonNames names = new CommonNames();

  /// @param newest the newest state of the store
  public AccessControl(AuthConfig config, Supplier<StoreView> newest, SlowWork slowWork) {
    this.newest = newest;
    this.slowWork = slowWork;
    this.tokens = config.tokens();
    this.clientCertificates = config.clientCertificates();
  }

  /// In whose name `request` comes, by its token or else its certificate; [Requester#ANONYMOUS] where it does not say.
  Requester requester(AuthImage auth, GrpcRequest request) {
    Requester named = named(auth, request);
    return named == null ? Requester.ANONYMOUS : named;
  }

  /// Null where the request does not say in whose name it comes. A certificate may name nobody, and then the user has no name.
  private @Nullable Requester named(AuthImage auth, GrpcRequest request) {
    String token = request.authToken();
    if (token != null) {
      return ofToken(auth, token);
    }
    if (!clientCertificates || request.isThroughGateway()) {
      return null;
    }
    Optional<X509Certificate> proven = request.clientCertificate();
    return proven.isEmpty() ? null : new Requester(names.of(proven.get()), auth.revision());
  }

  private Requester ofToken(AuthImage auth, String token) {
    String bare = token.startsWith(BEARER) ? token.substring(BEARER.length()) : token;
    Requester requester = tokens.requester(auth, bare);
    if (requester == null) {
      throw new StatusException(AuthErrors.INVALID_TOKEN);
    }
    return requester;
  }

  /// The user of a request's token, for whoever treats users differently; null where it has none that is believed, or none counts.
  public @Nullable String userOfToken(GrpcRequest request) {
    AuthImage auth = newest.get().auth();
    String token = auth.isEnabled() ? request.authToken() : null;
    if (token == null) {
      return null;
    }
    String bare = token.startsWith(BEARER) ? token.substring(BEARER.length()) : token;
    Requester requester = tokens.requester(auth, bare);
    return requester == null ? null : requester.user().utf8();
  }

  /// Refuses who does not say in whose name the request comes.
  public void requireUser(GrpcRequest request) {
    AuthImage auth = newest.get().auth();
    if (auth.isEnabled() && named(auth, request) == null) {
      throw new StatusException(AuthErrors.USER_EMPTY);
    }
  }

  /// Refuses all but the administrator.
  public void requireAdmin(GrpcRequest request) {
    AuthImage auth = newest.get().auth();
    if (auth.isEnabled()) {
      refuse(auth.adminRefusal(requester(auth, request)));
    }
  }

  /// Refuses who may not read all of `range` as it is in `view`.
  public void requireRead(GrpcRequest request, StoreView view, KeyRange range) {
    AuthImage auth = view.auth();
    if (auth.isEnabled()) {
      refuse(auth.refusal(requester(auth, request), KeyAccess.READ, range));
    }
  }

  /// Refuses who may not have a transaction that only reads done on `view`.
  public void requireRead(GrpcRequest request, StoreView view, Command.Txn readOnly) {
    AuthImage auth = view.auth();
    if (auth.isEnabled()) {
      refuse(
          CommandPermissions.refusal(auth, LeaseImage.EMPTY, requester(auth, request), readOnly));
    }
  }

  /// `command` in the name of the user of `request`, to be submitted. Refused at once is what is not permitted now; how it is when the command
  /// is applied counts. Only then the keys of leases are looked at, of which there may be many.
  public Command asked(GrpcRequest request, Command command) {
    AuthImage auth = newest.get().auth();
    if (!auth.isEnabled()) {
      return command;
    }
    Requester by = requester(auth, request);
    refuse(CommandPermissions.refusal(auth, LeaseImage.EMPTY, by, command));
    return new Command.Checked(by, command);
  }

  /// Runs `then` if the user of `request` may have `access` to all keys that hang on the lease `id`, else `refused`: at once, or on another thread
  /// where there are many keys to look at.
  public void askLease(
      GrpcRequest request,
      KeyAccess access,
      long id,
      Runnable then,
      Consumer<? super GrpcStatus> refused) {
    StoreView view = newest.get();
    ask(
        request,
        view,
        view.leases().keyCount(id),
        by -> CommandPermissions.refusalOfLease(view.auth(), view.leases(), by, access, id),
        then,
        refused);
  }

  /// As [#askLease] for all leases.
  public void askAllLeases(
      GrpcRequest request, KeyAccess access, Runnable then, Consumer<? super GrpcStatus> refused) {
    StoreView view = newest.get();
    ask(request, view, Integer.MAX_VALUE, by -> ofAllLeases(view, by, access), then, refused);
  }

  private static @Nullable AuthRefusal ofAllLeases(StoreView view, Requester by, KeyAccess access) {
    for (long id : view.leases().ids()) {
      AuthRefusal refusal =
          CommandPermissions.refusalOfLease(view.auth(), view.leases(), by, access, id);
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }

  private interface Check {
    @Nullable AuthRefusal refusal(Requester by);
  }

  private void ask(
      GrpcRequest request,
      StoreView view,
      int keys,
      Check check,
      Runnable then,
      Consumer<? super GrpcStatus> refused) {
    AuthImage auth = view.auth();
    if (!auth.isEnabled()) {
      then.run();
      return;
    }
    Requester by = named(auth, request);
    if (by == null) {
      throw new StatusException(AuthErrors.USER_EMPTY);
    }
    if (auth.adminRefusal(by) == null) {
      then.run();
    } else if (keys <= KEYS_AT_ONCE_MAX) {
      refuse(check.refusal(by));
      then.run();
    } else if (!slowWork.tryExecuteLong(request, () -> answer(check, by, then, refused))) {
      throw new StatusException(EtcdStatus.STOPPED);
    }
  }

  private static void answer(
      Check check, Requester by, Runnable then, Consumer<? super GrpcStatus> refused) {
    AuthRefusal refusal = check.refusal(by);
    if (refusal == null) {
      then.run();
    } else {
      refused.accept(AuthErrors.status(refusal));
    }
  }

  /// Why a watcher of `range` is not made, in the words in which a watcher is told so; null when it may be.
  public @Nullable String watchRefusal(GrpcRequest request, KeyRange range) {
    AuthImage auth = newest.get().auth();
    if (!auth.isEnabled()) {
      return null;
    }
    try {
      refuse(auth.refusal(requester(auth, request), KeyAccess.READ, range));
      return null;
    } catch (StatusException refused) {
      return words(refused.status());
    }
  }

  /// As gRPC's Go client prints a status.
  private static String words(GrpcStatus status) {
    String code = "PermissionDenied";
    if (status.code() == GrpcStatus.Code.UNAUTHENTICATED) {
      code = "Unauthenticated";
    } else if (status.code() == GrpcStatus.Code.INVALID_ARGUMENT) {
      code = "InvalidArgument";
    }
    return "rpc error: code = %s desc = %s".formatted(code, status.message());
  }

  private static void refuse(@Nullable AuthRefusal refusal) {
    if (refusal != null) {
      throw new StatusException(AuthErrors.status(refusal));
    }
  }
}
