package dev.pintle.compat.etcd;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Users, roles and permissions by etcdctl: the same commands to the real etcd and to Pintle.
class AuthTwinIT {
  /// The least there is: what costs time here is the hashing.
  private static final String COST = "--bcrypt-cost=4";

  @TempDir private Path data;

  private final EtcdctlTwin twin = new EtcdctlTwin();

  @Test
  void usersAndRolesAreKeptAlike() {
    twin.inAllForms("auth", "status");
    twin.run("auth", "enable");
    twin.run("auth", "disable");
    users();
    roles();
    twin.inAllForms("auth", "status");
    twin.run("user", "delete", "root");
    twin.run("user", "add", "root:rpw");
    twin.run("auth", "enable");
    twin.run("user", "grant-role", "root", "root");
    twin.run("user", "get", "root", "--detail");
    twin.run("role", "add", "root");
    twin.inAllForms("role", "get", "root");
    twin.run("auth", "enable");
    twin.run("auth", "enable");
    as("root:rpw", "auth", "enable");
    as("root:rpw", "auth", "status");
    as("root:rpw", "user", "delete", "root");
    as("root:rpw", "role", "delete", "root");
    as("root:rpw", "user", "revoke-role", "root", "root");
    as("root:rpw", "user", "list");
    as("root:rpw", "role", "list");
    as("root:rpw", "user", "add", "nopass", "--no-password");
    as("nopass:x", "get", "a");
    twin.run("user", "list");
    twin.run("role", "list");
    twin.run("auth", "status");
    twin.run("auth", "disable");
    as("root:wrong", "auth", "disable");
    as("nobody:rpw", "auth", "disable");
    as("root:rpw", "auth", "disable");
    twin.run("user", "list");
    as("root:rpw", "user", "list");
    twin.inAllForms("auth", "status");
    twin.compare(data, COST);
  }

  private void users() {
    twin.run("user", "add", "");
    twin.inAllForms("user", "add", "u1:pw");
    twin.run("user", "add", "u1:pw");
    twin.run("user", "add", "u2:");
    twin.run("user", "add", "u3:" + "x".repeat(73));
    twin.run("user", "add", "u4:" + "x".repeat(72));
    twin.run("user", "add", "ü:pä");
    twin.inAllForms("user", "list");
    twin.inAllForms("user", "get", "u1");
    twin.run("user", "get", "none");
    twin.feed("new\n", "user", "passwd", "u1", "--interactive=false");
    twin.feed("new\n", "user", "passwd", "none", "--interactive=false");
    twin.run("user", "grant-role", "u1", "none");
    twin.run("user", "grant-role", "none", "none");
    twin.run("user", "revoke-role", "u1", "none");
    twin.run("user", "revoke-role", "none", "none");
    twin.run("user", "delete", "u4");
    twin.run("user", "delete", "u4");
  }

  private void roles() {
    twin.run("role", "add", "");
    twin.inAllForms("role", "add", "r1");
    twin.run("role", "add", "r1");
    twin.run("role", "add", "r2");
    twin.inAllForms("role", "list");
    twin.run("role", "get", "none");
    twin.run("role", "grant-permission", "none", "read", "a");
    for (String type : List.of("read", "write", "readwrite", "nonsense")) {
      twin.run("role", "grant-permission", "r1", type, "k");
      twin.inAllForms("role", "get", "r1");
    }
    twin.run("role", "grant-permission", "r1", "read", "b", "d");
    twin.run("role", "grant-permission", "r1", "read", "b", "c");
    twin.run("role", "grant-permission", "r1", "write", "b", "c");
    twin.run("role", "grant-permission", "r1", "read", "b", "a");
    twin.run("role", "grant-permission", "r1", "read", "b", "b");
    twin.run("role", "grant-permission", "r1", "read", "");
    twin.run("role", "grant-permission", "r1", "read", "p", "--prefix");
    twin.run("role", "grant-permission", "r1", "read", "", "--prefix");
    twin.run("role", "grant-permission", "r1", "read", "f", "--from-key");
    twin.inAllForms("role", "get", "r1");
    twin.run("role", "revoke-permission", "r1", "b");
    twin.run("role", "revoke-permission", "r1", "b", "c");
    twin.run("role", "revoke-permission", "r1", "f", "--from-key");
    twin.run("role", "revoke-permission", "none", "b");
    twin.inAllForms("role", "get", "r1");
    twin.run("user", "grant-role", "u1", "r2");
    twin.run("user", "grant-role", "u1", "r1");
    twin.run("user", "grant-role", "u1", "r1");
    twin.inAllForms("user", "get", "u1");
    twin.run("user", "get", "u1", "--detail");
    twin.run("role", "delete", "r2");
    twin.run("role", "delete", "r2");
    twin.inAllForms("user", "get", "u1");
    twin.run("user", "revoke-role", "u1", "r1");
    twin.run("user", "revoke-role", "u1", "r1");
  }

  @Test
  void permissionsAreCheckedAlike() {
    prepared();
    twin.listen("watch", "k1", "--rev=1");
    for (String user : List.of("root:rpw", "u:pw", "w:pw", "none:pw")) {
      keys(user);
      ranges(user);
      transactions(user);
      leases(user);
      maintenance(user);
    }
    twin.run("get", "a");
    twin.run("put", "a", "b");
    twin.run("lease", "grant", "100");
    twin.run("lease", "list");
    twin.run("endpoint", "status");
    twin.run("compaction", "2");
    twin.run("member", "list", "-w", "fields");
    withdrawn();
    twin.compare(data, COST);
  }

  /// One user reads and writes in `k` and at `point`, and reads from `x` on; another may only write there.
  private void prepared() {
    twin.run("put", "a", "1");
    twin.run("put", "k1", "1");
    twin.run("put", "x", "1");
    twin.run("user", "add", "root:rpw");
    twin.run("user", "grant-role", "root", "root");
    twin.run("user", "add", "u:pw");
    twin.run("user", "add", "w:pw");
    twin.run("user", "add", "none:pw");
    twin.run("role", "add", "rw");
    twin.run("role", "grant-permission", "rw", "readwrite", "k", "--prefix");
    twin.run("role", "grant-permission", "rw", "readwrite", "point");
    twin.run("role", "grant-permission", "rw", "read", "x", "--from-key");
    twin.run("role", "add", "half");
    twin.run("role", "grant-permission", "half", "read", "l", "m");
    twin.run("role", "add", "wo");
    twin.run("role", "grant-permission", "wo", "write", "k", "--prefix");
    twin.run("user", "grant-role", "u", "rw");
    twin.run("user", "grant-role", "u", "half");
    twin.run("user", "grant-role", "w", "wo");
    twin.run("lease", "grant", "1000", "-w", "fields");
    twin.run("auth", "enable");
  }

  private void keys(String user) {
    as(user, "get", "a");
    as(user, "get", "k1");
    as(user, "get", "point");
    as(user, "put", "k1", "2");
    as(user, "put", "k1", "3", "--prev-kv");
    as(user, "put", "a", "2");
    as(user, "put", "point", "2");
    as(user, "del", "k1");
    as(user, "del", "k1", "--prev-kv");
    as(user, "del", "a");
    as(user, "get", "x");
    as(user, "put", "x", "2");
    as(user, "user", "get", "u");
    as(user, "role", "get", "rw");
    as(user, "role", "get", "wo");
    as(user, "user", "add", "new:pw");
    as(user, "user", "delete", "new");
    as(user, "role", "list");
  }

  private void ranges(String user) {
    as(user, "get", "k", "--prefix");
    as(user, "get", "point", "--prefix");
    as(user, "get", "k", "m");
    as(user, "get", "k", "n");
    as(user, "get", "", "--prefix");
    as(user, "get", "x", "--from-key");
    as(user, "get", "w", "--from-key");
    listenAs(user, "watch", "a", "--rev=1");
    listenAs(user, "watch", "k1", "--rev=1");
    listenAs(user, "watch", "point", "--prefix", "--rev=1");
    listenAs(user, "watch", "k", "--prefix", "--rev=1");
    listenAs(user, "watch", "x", "--from-key", "--rev=1");
    listenAs(user, "watch", "w", "--from-key", "--rev=1");
    as(user, "get", "k2", "k1");
    as(user, "get", "b", "a");
    as(user, "del", "k", "--prefix");
    as(user, "del", "k", "m");
    as(user, "del", "x", "--from-key");
  }

  private void transactions(String user) {
    feedAs(user, "\nput k2 1\n\n\n", "txn");
    feedAs(user, "\nput a 1\n\n\n", "txn");
    feedAs(user, "mod(\"a\") = \"0\"\n\nput k2 1\n\n\n", "txn");
    feedAs(user, "mod(\"k1\") = \"0\"\n\nput k2 1\n\nput a 1\n\n", "txn");
    feedAs(user, "mod(\"k1\") = \"0\"\n\nget k2\n\nget k1\n\n", "txn");
    feedAs(user, "mod(\"k1\") = \"0\"\n\nget k2\n\nget a\n\n", "txn");
    feedAs(user, "\nget k --prefix\ndel k2\n\n\n", "txn");
  }

  private void leases(String user) {
    as(user, "lease", "grant", "1000", "-w", "fields");
    as(user, "lease", "revoke", "77");
    as(user, "lease", "timetolive", "77", "--keys");
    as(user, "lease", "timetolive", "77");
    as(user, "lease", "keep-alive", "77", "--once");
    as(user, "put", "k1", "v", "--lease", "77");
  }

  private void maintenance(String user) {
    as(user, "compaction", "3");
    as(user, "defrag");
    as(user, "alarm", "list");
    as(user, "alarm", "disarm");
    as(user, "endpoint", "hashkv", "--rev", "99999");
    as(user, "move-leader", "zz");
    as(user, "downgrade", "validate", "3.6");
    as(user, "member", "list", "-w", "json");
    as(user, "endpoint", "status", "-w", "json");
    as(user, "endpoint", "health");
    as(user, "auth", "status", "-w", "fields");
  }

  /// What is taken back is taken back for the next request.
  private void withdrawn() {
    as("root:rpw", "role", "revoke-permission", "rw", "point");
    as("u:pw", "get", "point");
    as("root:rpw", "user", "revoke-role", "u", "rw");
    as("u:pw", "get", "k1");
    as("root:rpw", "user", "grant-role", "u", "rw");
    as("u:pw", "get", "k1");
    feedAs("root:rpw", "pw2\n", "user", "passwd", "u", "--interactive=false");
    as("u:pw", "get", "k1");
    as("u:pw2", "get", "k1");
    as("root:rpw", "role", "delete", "rw");
    as("u:pw2", "get", "k1");
    as("root:rpw", "user", "delete", "u");
    as("u:pw2", "get", "k1");
  }

  private void as(String user, String... arguments) {
    twin.run(named(user, arguments));
  }

  private void listenAs(String user, String... arguments) {
    twin.listen(named(user, arguments));
  }

  private void feedAs(String user, String input, String... arguments) {
    twin.feed(input, named(user, arguments));
  }

  private static String[] named(String user, String... arguments) {
    List<String> all = new ArrayList<>(List.of("--user", user));
    all.addAll(List.of(arguments));
    return all.toArray(String[]::new);
  }
}
