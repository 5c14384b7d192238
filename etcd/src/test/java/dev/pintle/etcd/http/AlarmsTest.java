package dev.pintle.etcd.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.etcd.fake.FakeMember;
import dev.pintle.kernel.state.StoreAlarm;
import dev.pintle.kernel.state.StoreNotes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What the paths of the client port say of alarms; the lines are those of etcd 3.7.3.
class AlarmsTest {
  private final FakeMember member = new FakeMember();
  private final HealthCounts counts = new HealthCounts();
  private final HealthChecks checks = new HealthChecks(counts);

  private void raise(StoreAlarm... alarms) {
    member.view.notes = new StoreNotes("", List.of(alarms));
  }

  private HealthChecks.Answer ask(String path, String query) {
    return checks.answer(path, QueryParameters.parse(query), member.view.notes);
  }

  @Test
  void aCorruptStoreIsNotReadyButAlive() {
    assertThat(ask("/readyz", "")).isEqualTo(new HealthChecks.Answer(true, "ok\n"));
    raise(new StoreAlarm(77, StoreAlarm.CORRUPT, false));
    HealthChecks.Answer answer = ask("/readyz", "");
    assertThat(answer.passed()).isFalse();
    assertThat(answer.text().lines())
        .containsExactlyInAnyOrder(
            "[-]data_corruption failed: alarm activated: CORRUPT",
            "[+]serializable_read ok",
            "[+]linearizable_read ok",
            "[+]non_learner ok",
            "");
    assertThat(ask("/readyz/data_corruption", ""))
        .isEqualTo(
            new HealthChecks.Answer(
                false, "[-]data_corruption failed: alarm activated: CORRUPT\n\n"));
    assertThat(ask("/readyz", "exclude=data_corruption"))
        .isEqualTo(new HealthChecks.Answer(true, "ok\n"));
    assertThat(ask("/livez", "")).isEqualTo(new HealthChecks.Answer(true, "ok\n"));
    Exposition out = new Exposition();
    counts.write(out);
    assertThat(out.text())
        .contains(
            "etcd_server_healthcheck{name=\"data_corruption\",type=\"readyz\"} 0\n",
            "etcd_server_healthcheck{name=\"non_learner\",type=\"readyz\"} 1\n",
            "etcd_server_healthchecks_total{name=\"data_corruption\",status=\"error\",type=\"readyz\"} 2\n",
            "etcd_server_healthchecks_total{name=\"data_corruption\",status=\"success\",type=\"readyz\"} 1\n");
  }

  @Test
  void aStoreThatIsFullIsReady() {
    raise(new StoreAlarm(77, StoreAlarm.NO_SPACE, false));
    assertThat(ask("/readyz", "").passed()).isTrue();
  }

  @Test
  void anyAlarmIsUnhealthyUnlessItIsExcluded() {
    assertThat(EtcdHttp.unhealthy(member, List.of())).isEmpty();
    raise(
        new StoreAlarm(77, StoreAlarm.NO_SPACE, false),
        new StoreAlarm(5, StoreAlarm.CORRUPT, false),
        new StoreAlarm(5, 9, false));
    assertThat(EtcdHttp.unhealthy(member, List.of())).isEqualTo("ALARM NOSPACE");
    assertThat(EtcdHttp.unhealthy(member, List.of("NOSPACE"))).isEqualTo("ALARM CORRUPT");
    assertThat(EtcdHttp.unhealthy(member, List.of("NOSPACE", "CORRUPT")))
        .isEqualTo("ALARM UNKNOWN");
    assertThat(EtcdHttp.unhealthy(member, List.of("CORRUPT", "UNKNOWN", "NOSPACE"))).isEmpty();
    raise();
    member.outOfSpace = true;
    assertThat(EtcdHttp.unhealthy(member, List.of())).isEqualTo("ALARM NOSPACE");
    assertThat(EtcdHttp.unhealthy(member, List.of("NOSPACE"))).isEmpty();
  }

  @Test
  void alarmsTheQuotaAndTheRevisionOfAuthAreMeasured() {
    raise(new StoreAlarm(77, StoreAlarm.CORRUPT, false), new StoreAlarm(-1, 9, false));
    member.outOfSpace = true;
    Exposition out = new Exposition();
    KeyspaceMetrics.write(out, member, new GrpcMetrics(Map.of()));
    assertThat(out.text())
        .contains(
            "# TYPE etcd_debugging_server_alarms gauge\n",
            "etcd_debugging_server_alarms{alarm_type=\"NOSPACE\",server_id=\"16\"} 1\n",
            "etcd_debugging_server_alarms{alarm_type=\"CORRUPT\",server_id=\"4d\"} 1\n",
            "etcd_debugging_server_alarms{alarm_type=\"9\",server_id=\"ffffffffffffffff\"} 1\n",
            "# TYPE etcd_server_quota_backend_bytes gauge\netcd_server_quota_backend_bytes 50\n",
            "# TYPE etcd_debugging_auth_revision gauge\netcd_debugging_auth_revision 1\n");
  }
}
