package dev.pintle.etcd.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.member.LatencyCounts;
import dev.pintle.wire.CallMeter;
import dev.pintle.wire.GrpcService.Unary;
import dev.pintle.wire.GrpcStatus.Code;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GrpcMetricsTest {
  private static final Unary NOTHING = (call, message) -> {};

  @Test
  void callsAreCountedByMethodAndStatus() {
    GrpcMetrics figures = new GrpcMetrics(Map.of("/etcdserverpb.KV/Put", NOTHING));
    CallMeter put = figures.apply("/etcdserverpb.KV/Put");
    put.began();
    put.received(100);
    put.sent(20);
    put.ended(Code.OK);
    put.began();
    put.ended(Code.CANCELLED);
    Exposition out = new Exposition();
    figures.write(out);
    String labels = "grpc_method=\"Put\",grpc_service=\"etcdserverpb.KV\",grpc_type=\"unary\"}";
    assertThat(out.text())
        .contains("grpc_server_started_total{" + labels + " 2\n")
        .contains("grpc_server_handled_total{grpc_code=\"OK\"," + labels + " 1\n")
        .contains("grpc_server_handled_total{grpc_code=\"Canceled\"," + labels + " 1\n")
        .contains("grpc_server_msg_sent_total{" + labels + " 1\n")
        .contains("etcd_network_client_grpc_received_bytes_total 100\n")
        .contains("etcd_network_client_grpc_sent_bytes_total 20\n");
  }

  @Test
  void aHistogramCountsUpToEachBound() {
    LatencyCounts durations = new LatencyCounts();
    durations.add(1_000_000);
    durations.add(1_000_001);
    durations.add(60_000_000_000L);
    Exposition out = new Exposition();
    out.histogram("h", "help", durations);
    assertThat(out.text())
        .contains("h_bucket{le=\"0.001\"} 1\n")
        .contains("h_bucket{le=\"0.002\"} 2\n")
        .contains("h_bucket{le=\"8.192\"} 2\n")
        .contains("h_bucket{le=\"+Inf\"} 3\n")
        .contains("h_sum 60.002000001\n")
        .contains("h_count 3\n");
  }
}
