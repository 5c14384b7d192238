package dev.pintle.kernel.auth;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.lease.PersistentMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The users, roles and permissions at one moment. Every change answers a new image.
public final class AuthImage {
  /// What a store is born with: nobody, and nothing is checked.
  public static final AuthImage INITIAL =
      new AuthImage(false, 1, 0, PersistentMap.empty(), PersistentMap.empty());

  private final boolean enabled;
  private final long revision;
  private final long disabledRevision;
  private final PersistentMap<Bytes, AuthUser> users;
  private final PersistentMap<Bytes, AuthRole> roles;

  private AuthImage(
      boolean enabled,
      long revision,
      long disabledRevision,
      PersistentMap<Bytes, AuthUser> users,
      PersistentMap<Bytes, AuthRole> roles) {
    this.enabled = enabled;
    this.revision = revision;
    this.disabledRevision = disabledRevision;
    this.users = users;
    this.roles = roles;
  }

  /// Whether permissions are checked.
  public boolean isEnabled() {
    return enabled;
  }

  /// Grows by one with every change.
  public long revision() {
    return revision;
  }

  /// The revision that the last [AuthChange.Disable] made; what was proved before is not believed any more. 0 for none.
  public long disabledRevision() {
    return disabledRevision;
  }

  public Optional<AuthUser> user(Bytes name) {
    return Optional.ofNullable(users.get(name));
  }

  public Optional<AuthRole> role(Bytes name) {
    return Optional.ofNullable(roles.get(name));
  }

  /// By their names.
  public List<AuthUser> users() {
    List<AuthUser> all = new ArrayList<>(users.size());
    users.forEach((name, user) -> all.add(user));
    return all;
  }

  /// By their names.
  public List<AuthRole> roles() {
    List<AuthRole> all = new ArrayList<>(roles.size());
    roles.forEach((name, role) -> all.add(role));
    return all;
  }

  /// Why `by` may not do what only the administrator may, or null.
  public @Nullable AuthRefusal adminRefusal(Requester by) {
    if (!enabled) {
      return null;
    }
    if (by.user().isEmpty()) {
      return AuthRefusal.USER_EMPTY;
    }
    AuthUser user = users.get(by.user());
    if (user == null) {
      return AuthRefusal.USER_NOT_FOUND;
    }
    return user.isAdmin() ? null : AuthRefusal.PERMISSION_DENIED;
  }

  /// Why `by` may not have `access` to all keys of `range`, or null.
  public @Nullable AuthRefusal refusal(Requester by, KeyAccess access, KeyRange range) {
    if (range.isPoint()) {
      return refusal(by, access, range.from());
    }
    AuthUser user = users.get(by.user());
    AuthRefusal refusal = refusal(by, user);
    return refusal == null && user != null && !covers(user, access, range)
        ? AuthRefusal.PERMISSION_DENIED
        : refusal;
  }

  /// As [#refusal(Requester, KeyAccess, KeyRange)] of one key.
  public @Nullable AuthRefusal refusal(Requester by, KeyAccess access, Bytes key) {
    AuthUser user = users.get(by.user());
    AuthRefusal refusal = refusal(by, user);
    return refusal == null && user != null && !holds(user, access, key)
        ? AuthRefusal.PERMISSION_DENIED
        : refusal;
  }

  /// Why `by` may do nothing at all, or null.
  private @Nullable AuthRefusal refusal(Requester by, @Nullable AuthUser user) {
    if (!enabled) {
      return null;
    }
    if (by.authRevision() == 0) {
      return AuthRefusal.USER_EMPTY;
    }
    if (by.authRevision() < revision) {
      return AuthRefusal.OLD_REVISION;
    }
    return user == null ? AuthRefusal.PERMISSION_DENIED : null;
  }

  private boolean holds(AuthUser user, KeyAccess access, Bytes key) {
    if (!enabled || user.isAdmin()) {
      return true;
    }
    List<Bytes> names = user.roles();
    for (int i = 0; i < names.size(); i++) {
      AuthRole role = roles.get(names.get(i));
      if (role != null && role.keys(access).holding(key) != null) {
        return true;
      }
    }
    return false;
  }

  /// Intervals of several roles may cover together what none covers alone.
  private boolean covers(AuthUser user, KeyAccess access, KeyRange range) {
    if (!enabled || user.isAdmin()) {
      return true;
    }
    Bytes covered = range.from();
    Bytes end = range.to();
    do {
      KeyRange widest = widestHolding(user, access, covered);
      if (widest == null) {
        return false;
      }
      Bytes reached = widest.to();
      if (reached == null) {
        return true;
      }
      covered = reached;
    } while (end == null || covered.compareTo(end) < 0);
    return true;
  }

  private @Nullable KeyRange widestHolding(AuthUser user, KeyAccess access, Bytes key) {
    KeyRange widest = null;
    for (Bytes name : user.roles()) {
      AuthRole role = roles.get(name);
      KeyRange holding = role == null ? null : role.keys(access).holding(key);
      if (holding != null && (widest == null || endsAfter(holding, widest))) {
        widest = holding;
      }
    }
    return widest;
  }

  private static boolean endsAfter(KeyRange one, KeyRange other) {
    Bytes end = one.to();
    Bytes otherEnd = other.to();
    return otherEnd != null && (end == null || end.compareTo(otherEnd) > 0);
  }

  AuthImage enable() {
    return new AuthImage(true, revision, disabledRevision, users, roles);
  }

  /// As [AuthChange.Disable] makes it: users and roles stay, and nothing is checked.
  public AuthImage disable() {
    return new AuthImage(false, revision + 1, revision + 1, users, roles);
  }

  /// @param changed beside or in place of the user of the same name
  AuthImage with(AuthUser changed) {
    return next(users.put(changed.name(), changed), roles);
  }

  AuthImage withoutUser(Bytes name) {
    return next(users.remove(name), roles);
  }

  AuthImage with(AuthRole changed) {
    return next(users, roles.put(changed.name(), changed));
  }

  /// Nobody has the role any more.
  AuthImage withoutRole(Bytes name) {
    PersistentMap<Bytes, AuthUser> left = users;
    for (AuthUser user : users()) {
      if (user.roles().contains(name)) {
        List<Bytes> others = user.roles().stream().filter(role -> !role.equals(name)).toList();
        left = left.put(user.name(), user.withRoles(others));
      }
    }
    return next(left, roles.remove(name));
  }

  private AuthImage next(
      PersistentMap<Bytes, AuthUser> nextUsers, PersistentMap<Bytes, AuthRole> nextRoles) {
    return new AuthImage(enabled, revision + 1, disabledRevision, nextUsers, nextRoles);
  }

  /// An image as it was written down.
  public static AuthImage of(
      boolean enabled,
      long revision,
      long disabledRevision,
      List<AuthUser> users,
      List<AuthRole> roles) {
    PersistentMap<Bytes, AuthUser> byName = PersistentMap.empty();
    for (AuthUser user : users) {
      byName = byName.put(user.name(), user);
    }
    PersistentMap<Bytes, AuthRole> rolesByName = PersistentMap.empty();
    for (AuthRole role : roles) {
      rolesByName = rolesByName.put(role.name(), role);
    }
    return new AuthImage(enabled, revision, disabledRevision, byName, rolesByName);
  }
}
