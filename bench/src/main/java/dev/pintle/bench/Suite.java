package dev.pintle.bench;

import dev.pintle.bench.KubeLoad.Present;
import dev.pintle.bench.webhook.WebhookProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The cases that `./pintle bench` runs, with the ratios they must reach.
///
/// @param scale share of the full number of requests, from 1 down; a smaller one is quicker and noisier
record Suite(double scale, Path tools) {
  private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String OTHER_CONFIG_MAPS = "/api/v1/namespaces/kube-public/configmaps";
  private static final String JOBS = "/apis/batch/v1/namespaces/default/jobs";
  private static final String CONFIG_MAP =
      """
      {"apiVersion":"v1","kind":"ConfigMap","metadata":{"generateName":"bench-"},"data":{"key":"value","other":"%s"}}\
      """
          .formatted("x".repeat(200));
  private static final String JOB =
      """
      {"apiVersion":"batch/v1","kind":"Job","metadata":{"generateName":"bench-","labels":{"app":"bench"}},\
      "spec":{"suspend":true,"template":{"metadata":{"labels":{"app":"bench"}},"spec":{"restartPolicy":"Never",\
      "containers":[{"name":"main","image":"example/image:1","command":["run"],"env":[{"name":"A","value":"b"}],\
      "resources":{"requests":{"cpu":"100m","memory":"64Mi"}}}]}}}}\
      """;

  List<Case> small() {
    List<Case> cases = new ArrayList<>();
    cases.add(put());
    cases.add(
        new ToolPuts(
            "put 256 B, benchmark 8 x 256",
            2,
            tools.resolve("benchmark"),
            256,
            n(200_000),
            n(100_000)));
    cases.add(
        etcd("linearizable get, 8 x 32", 2, EtcdCalls.RANGE, EtcdCalls.get("bench"), 400_000));
    cases.add(new WatchLoad("1 000 watchers of one key, per event", 2, 10, 100, count(1000)));
    cases.add(new WatchLoad("10 000 watchers of one key, per event", 2, 100, 100, count(200)));
    cases.addAll(kube());
    return cases;
  }

  private Case put() {
    return etcd("put 256 B, 8 x 32", 2, EtcdCalls.PUT, EtcdCalls.put("bench", 256), 300_000);
  }

  private Case createConfigMap(String name) {
    return new KubeLoad(
        name, 4, CONFIG_MAPS, CONFIG_MAP, Present.NOTHING, 8, 4, n(20_000), n(20_000));
  }

  private List<Case> kube() {
    Present jobs = new Present(JOBS, JOB, 500);
    return List.of(
        new KubeLoad(
            "create Job, 8 x 4", 4, JOBS, JOB, Present.NOTHING, 8, 4, n(15_000), n(15_000)),
        createConfigMap("create ConfigMap, 8 x 4"),
        new KubeLoad(
            "get a namespace, 8 x 32",
            4,
            "/api/v1/namespaces/default",
            "",
            Present.NOTHING,
            8,
            32,
            n(60_000),
            n(60_000)),
        new KubeLoad(
            "list 500 Jobs, 8 x 4", 8, JOBS + "?limit=500", "", jobs, 8, 4, n(1_500), n(1_000)),
        new KubeLoad(
            "list 10 000 ConfigMaps, 1 x 1",
            12,
            OTHER_CONFIG_MAPS + "?resourceVersion=0",
            "",
            new Present(OTHER_CONFIG_MAPS, CONFIG_MAP, 10_000),
            1,
            1,
            n(200),
            n(200)),
        CustomResourceLoad.of(4, n(10_000)));
  }

  /// Creates that others have a say in, and the same create without them: that one last, so that it is not dearer for coming first.
  List<Case> admission(WebhookProcess webhook) {
    List<Case> cases = new ArrayList<>(AdmissionLoad.all(webhook, n(20_000)));
    cases.add(createConfigMap("create ConfigMap alone, 8 x 4"));
    return cases;
  }

  /// Over a million keys: reads that must not cost what the range holds.
  List<Case> large() {
    return List.of(
        new LargeRead("range limit 1000 of 1 M keys", 50, EtcdCalls.first(1000)),
        new LargeRead("count of 1 M keys", 1000, EtcdCalls.count()));
  }

  private Case etcd(String name, double barRatio, String method, byte[] message, long requests) {
    return new EtcdLoad(name, barRatio, method, message, 8, 32, n(requests), n(requests));
  }

  /// How many custom resource definitions there are in the end.
  int definitions() {
    return count(2_000);
  }

  private long n(long requests) {
    return Math.max(100, Math.round(requests * scale));
  }

  private int count(int requests) {
    return (int) Math.max(20, Math.round(requests * scale));
  }
}
