package dev.pintle.bench.storm;

import dev.pintle.bench.api.ApiAnswer;
import dev.pintle.bench.api.ApiCall;
import dev.pintle.bench.api.ApiConnection;
import dev.pintle.bench.api.ApiLoops;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Everybody who has nothing to do with the burst: kubelets with their heartbeats, leaders who renew, an operator's informers, and people.
final class Bystanders implements AutoCloseable {
  /// As client-go's leaders.
  private static final Duration RENEWED_EVERY = Duration.ofSeconds(2);

  private static final Duration GET_EVERY = Duration.ofMillis(200);
  private static final Duration LIST_EVERY = Duration.ofSeconds(1);

  /// So many times as quick as usual are leaders and people before anything is measured: else it would be measured how well our own process
  /// knows its code.
  private static final int HURRY = 20;

  /// Every so many heartbeats the status of the node is one of them.
  private static final int STATUS_EVERY = 6;

  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final ApiLoops loops;
  private final ApiLoops informerLoops = new ApiLoops();
  private final PatientCaller caller = new PatientCaller();
  private final Pace pace = new Pace();
  private final Informers informers;

  /// @param loops carry what `cluster` opens
  Bystanders(StormCluster cluster, ApiLoops loops, StormScale scale)
      throws IOException, InterruptedException {
    this.loops = loops;
    List<Kubelet> kubelets = new ArrayList<>();
    for (int i = 0; i < scale.nodes(); i++) {
      String lease = StormCluster.leases(StormCluster.NODE_LEASES);
      ApiConnection connection = cluster.kubelet(i);
      kubelets.add(new Kubelet(connection, i, Lease.held(connection, lease, StormCluster.node(i))));
    }
    List<Lease> leaders = new ArrayList<>();
    List<ApiConnection> candidates = new ArrayList<>();
    for (int i = 0; i < scale.electors(); i++) {
      String namespace = StormCluster.electorNamespace(i);
      String name = StormCluster.elector(i);
      String leases = StormCluster.leases(namespace);
      leaders.add(Lease.held(cluster.account(loops, namespace, name), leases, name));
      candidates.add(cluster.account(loops, namespace, name));
    }
    List<ApiConnection> people = new ArrayList<>();
    for (int i = 0; i < scale.people(); i++) {
      people.add(cluster.user("person-" + i, "people"));
    }
    practise(leaders, candidates, people, scale.calm());
    this.informers = new Informers(cluster, informerLoops, caller, scale.watch());
    kubelets.forEach(
        kubelet -> pace.every(scale.beat(), share(kubelet.number, scale.nodes()), kubelet::beat));
    begin(pace, 1, leaders, candidates, people);
  }

  private void practise(
      List<Lease> leaders,
      List<ApiConnection> candidates,
      List<ApiConnection> people,
      Duration time)
      throws InterruptedException {
    Pace practice = new Pace();
    begin(practice, HURRY, leaders, candidates, people);
    Thread.sleep(time);
    practice.stop();
  }

  private void begin(
      Pace with,
      int hurry,
      List<Lease> leaders,
      List<ApiConnection> candidates,
      List<ApiConnection> people) {
    for (int i = 0; i < leaders.size(); i++) {
      elect(with, hurry, leaders.get(i), candidates.get(i), share(i, leaders.size()));
    }
    for (int i = 0; i < people.size(); i++) {
      look(with, hurry, people.get(i), i, share(i, people.size()));
    }
  }

  private static double share(int number, int count) {
    return (double) number / count;
  }

  private void elect(Pace with, int hurry, Lease lease, ApiConnection candidate, double phase) {
    Duration each = RENEWED_EVERY.dividedBy(hurry);
    with.every(each, phase, due -> lease.renew(caller, Traffic.ELECTION, due));
    ApiCall look = ApiCall.get(lease.path, ApiCall.JSON);
    with.every(each, phase / 2, due -> caller.call(candidate, Traffic.ELECTION, look, due));
  }

  private void look(Pace with, int hurry, ApiConnection person, int number, double phase) {
    String tenant = StormCluster.tenant(0);
    List<ApiCall> looks =
        List.of(
            ApiCall.get(StormCluster.jobs(tenant) + "/" + StormCluster.STEADY, ApiCall.TABLE),
            ApiCall.get(StormCluster.pods(tenant) + "/" + StormCluster.STEADY, ApiCall.TABLE),
            ApiCall.get("/api/v1/nodes/" + StormCluster.node(number), ApiCall.TABLE));
    with.every(
        GET_EVERY.dividedBy(hurry),
        phase,
        due ->
            caller.call(
                person,
                Traffic.PERSON_GET,
                looks.get((int) Math.floorMod(due / GET_EVERY.toNanos(), (long) looks.size())),
                due));
    ApiCall list =
        ApiCall.get(StormCluster.jobs(StormCluster.tenant(number)) + "?limit=500", ApiCall.TABLE);
    with.every(
        LIST_EVERY.dividedBy(hurry),
        phase,
        due -> caller.call(person, Traffic.PERSON_LIST, list, due));
  }

  /// What was counted so far; counting begins anew.
  StormFigures take() {
    return caller.take();
  }

  /// Events that the informers heard since they began.
  long heard() {
    return informers.heard();
  }

  /// Waits for what was due.
  void stop() throws InterruptedException {
    pace.stop();
    informers.stop();
  }

  @Override
  public void close() {
    informerLoops.close();
    loops.close();
  }

  /// A lease that its holder renews.
  private static final class Lease {
    private final ApiConnection connection;
    private final String path;
    private final String name;
    private String version;

    private Lease(ApiConnection connection, String path, String name, String version) {
      this.connection = connection;
      this.path = path;
      this.name = name;
      this.version = version;
    }

    static Lease held(ApiConnection connection, String leases, String name)
        throws IOException, InterruptedException {
      ApiAnswer made = connection.call(ApiCall.post(leases, body(name, "")).keeping());
      if (!made.succeeded()) {
        throw new IOException("%s: %d %s".formatted(leases, made.code(), made.body()));
      }
      return new Lease(connection, leases + "/" + name, name, made.text("resourceVersion"));
    }

    void renew(PatientCaller caller, Traffic traffic, long due) throws InterruptedException {
      Optional<ApiAnswer> answer =
          caller.call(
              connection, traffic, () -> ApiCall.put(path, body(name, version)).keeping(), due);
      if (answer.isPresent()) {
        version = answer.get().text("resourceVersion");
      } else {
        caller
            .call(connection, traffic, ApiCall.get(path, ApiCall.JSON).keeping(), System.nanoTime())
            .ifPresent(now -> version = now.text("resourceVersion"));
      }
    }

    private static String body(String name, String version) {
      String now = MICROS.format(Instant.now());
      return """
      {"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"%1$s"%2$s},\
      "spec":{"holderIdentity":"%1$s","leaseDurationSeconds":40,"acquireTime":"%3$s","renewTime":"%3$s"}}\
      """
          .formatted(
              name, version.isEmpty() ? "" : ",\"resourceVersion\":\"" + version + "\"", now);
    }
  }

  /// A node's heartbeats.
  private final class Kubelet {
    private static final String CONDITION =
        "{\"type\":\"%s\",\"status\":\"%s\",\"lastHeartbeatTime\":\"%s\"}";

    private final ApiConnection connection;
    private final int number;
    private final Lease lease;
    private int beats;

    Kubelet(ApiConnection connection, int number, Lease lease) {
      this.connection = connection;
      this.number = number;
      this.lease = lease;
      this.beats = number;
    }

    void beat(long due) throws InterruptedException {
      if (++beats % STATUS_EVERY == 0) {
        var _ = caller.call(connection, Traffic.HEARTBEAT, this::status, due);
      } else {
        lease.renew(caller, Traffic.HEARTBEAT, due);
      }
    }

    private ApiCall status() {
      String now = JobTexts.now();
      return ApiCall.patch(
          "/api/v1/nodes/%s/status".formatted(StormCluster.node(number)),
          "{\"status\":{\"conditions\":[%s,%s,%s,%s]}}"
              .formatted(
                  CONDITION.formatted("MemoryPressure", "False", now),
                  CONDITION.formatted("DiskPressure", "False", now),
                  CONDITION.formatted("PIDPressure", "False", now),
                  CONDITION.formatted("Ready", "True", now)));
    }
  }
}
