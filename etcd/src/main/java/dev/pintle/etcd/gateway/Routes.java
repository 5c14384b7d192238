package dev.pintle.etcd.gateway;

import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import dev.pintle.etcd.proto.ElectionProto;
import dev.pintle.etcd.proto.LockProto;
import dev.pintle.etcd.proto.RpcProto;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The table of paths of the gateway and the methods they stand for.
final class Routes {
  private static final String[][] TABLE = {
    {"/v3/kv/range", "KV.Range"},
    {"/v3/kv/put", "KV.Put"},
    {"/v3/kv/deleterange", "KV.DeleteRange"},
    {"/v3/kv/txn", "KV.Txn"},
    {"/v3/kv/compaction", "KV.Compact"},
    {"/v3/watch", "Watch.Watch"},
    {"/v3/lease/grant", "Lease.LeaseGrant"},
    {"/v3/lease/revoke", "Lease.LeaseRevoke"},
    {"/v3/kv/lease/revoke", "Lease.LeaseRevoke"},
    {"/v3/lease/keepalive", "Lease.LeaseKeepAlive"},
    {"/v3/lease/timetolive", "Lease.LeaseTimeToLive"},
    {"/v3/kv/lease/timetolive", "Lease.LeaseTimeToLive"},
    {"/v3/lease/leases", "Lease.LeaseLeases"},
    {"/v3/kv/lease/leases", "Lease.LeaseLeases"},
    {"/v3/cluster/member/add", "Cluster.MemberAdd"},
    {"/v3/cluster/member/remove", "Cluster.MemberRemove"},
    {"/v3/cluster/member/update", "Cluster.MemberUpdate"},
    {"/v3/cluster/member/list", "Cluster.MemberList"},
    {"/v3/cluster/member/promote", "Cluster.MemberPromote"},
    {"/v3/maintenance/alarm", "Maintenance.Alarm"},
    {"/v3/maintenance/status", "Maintenance.Status"},
    {"/v3/maintenance/defragment", "Maintenance.Defragment"},
    {"/v3/maintenance/hash", "Maintenance.Hash"},
    {"/v3/maintenance/hashkv", "Maintenance.HashKV"},
    {"/v3/maintenance/snapshot", "Maintenance.Snapshot"},
    {"/v3/maintenance/transfer-leadership", "Maintenance.MoveLeader"},
    {"/v3/maintenance/downgrade", "Maintenance.Downgrade"},
    {"/v3/auth/enable", "Auth.AuthEnable"},
    {"/v3/auth/disable", "Auth.AuthDisable"},
    {"/v3/auth/status", "Auth.AuthStatus"},
    {"/v3/auth/authenticate", "Auth.Authenticate"},
    {"/v3/auth/user/add", "Auth.UserAdd"},
    {"/v3/auth/user/get", "Auth.UserGet"},
    {"/v3/auth/user/list", "Auth.UserList"},
    {"/v3/auth/user/delete", "Auth.UserDelete"},
    {"/v3/auth/user/changepw", "Auth.UserChangePassword"},
    {"/v3/auth/user/grant", "Auth.UserGrantRole"},
    {"/v3/auth/user/revoke", "Auth.UserRevokeRole"},
    {"/v3/auth/role/add", "Auth.RoleAdd"},
    {"/v3/auth/role/get", "Auth.RoleGet"},
    {"/v3/auth/role/list", "Auth.RoleList"},
    {"/v3/auth/role/delete", "Auth.RoleDelete"},
    {"/v3/auth/role/grant", "Auth.RoleGrantPermission"},
    {"/v3/auth/role/revoke", "Auth.RoleRevokePermission"},
    {"/v3/lock/lock", "Lock.Lock"},
    {"/v3/lock/unlock", "Lock.Unlock"},
    {"/v3/election/campaign", "Election.Campaign"},
    {"/v3/election/proclaim", "Election.Proclaim"},
    {"/v3/election/leader", "Election.Leader"},
    {"/v3/election/observe", "Election.Observe"},
    {"/v3/election/resign", "Election.Resign"},
  };

  private final Map<String, MethodDescriptor> methods = new HashMap<>();

  Routes() {
    for (String[] row : TABLE) {
      methods.put(row[0], method(row[1]));
    }
  }

  static List<String> paths() {
    return Arrays.stream(TABLE).map(row -> row[0]).toList();
  }

  @Nullable MethodDescriptor find(String path) {
    return methods.get(path.startsWith("/v3beta/") ? "/v3/" + path.substring(8) : path);
  }

  /// `/package.Service/Method`.
  static String grpcPath(MethodDescriptor method) {
    return "/%s/%s".formatted(method.getService().getFullName(), method.getName());
  }

  private static MethodDescriptor method(String name) {
    int dot = name.indexOf('.');
    ServiceDescriptor service =
        file(name.substring(0, dot)).findServiceByName(name.substring(0, dot));
    return service.findMethodByName(name.substring(dot + 1));
  }

  private static FileDescriptor file(String service) {
    return switch (service) {
      case "Lock" -> LockProto.getDescriptor();
      case "Election" -> ElectionProto.getDescriptor();
      default -> RpcProto.getDescriptor();
    };
  }
}
