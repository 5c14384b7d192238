package dev.pintle.kube.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodSummaryTest {
  private static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'spec':{'containers':[{}]},'status':{'phase':'Pending'}}|Pending|0/1|0",
        "{'spec':{},'status':{'phase':'Running','reason':'Evicted'}}|Evicted|0/0|0",
        "{'spec':{'containers':[{}]},'status':{'conditions':[{'type':'PodScheduled','reason':'SchedulingGated'}]}}"
            + "|SchedulingGated|0/1|0",
        "{'spec':{'containers':[{}]},'status':{'phase':'Running','containerStatuses':[{'ready':true,'restartCount':2,"
            + "'state':{'running':{}},'lastState':{'terminated':{'finishedAt':'2026-01-01T00:59:00Z'}}}]}}"
            + "|Running|1/1|2 (60s ago)",
        "{'spec':{'containers':[{}]},'status':{'containerStatuses':[{'state':{'waiting':{'reason':'ImagePullBackOff'}}}]}}"
            + "|ImagePullBackOff|0/1|0",
        "{'spec':{'containers':[{}]},'status':{'containerStatuses':[{'state':{'terminated':{'exitCode':3}}}]}}"
            + "|ExitCode:3|0/1|0",
        "{'spec':{'containers':[{}],'initContainers':[{'name':'i'},{'name':'j'}]},'status':{'phase':'Pending',"
            + "'initContainerStatuses':[{'name':'i','state':{'terminated':{'exitCode':0}}},{'name':'j','state':{}}]}}"
            + "|Init:1/2|0/1|0",
        "{'spec':{'containers':[{}],'initContainers':[{'name':'i'}]},'status':{'initContainerStatuses':"
            + "[{'name':'i','state':{'terminated':{'exitCode':1,'reason':'Error'}}}]}}|Init:Error|0/1|0",
        "{'spec':{'containers':[{}],'initContainers':[{'name':'s','restartPolicy':'Always'}]},'status':{'phase':'Running',"
            + "'initContainerStatuses':[{'name':'s','started':true,'ready':true,'state':{'running':{}}}],"
            + "'containerStatuses':[{'ready':true,'state':{'running':{}}}]}}|Running|2/2|0",
        "{'metadata':{'deletionTimestamp':'2026-01-01T00:00:00Z'},'spec':{'containers':[{}]},'status':{'phase':'Running'}}"
            + "|Terminating|0/1|0",
        "{'metadata':{'deletionTimestamp':'2026-01-01T00:00:00Z'},'spec':{},'status':{'phase':'Succeeded'}}|Succeeded|0/0|0"
      })
  void manyStatusesComeToOneWord(String pod, String reason, String ready, String restarts) {
    PodSummary summary = PodSummary.of((JsonObject) JsonReader.read(pod.replace('\'', '"')));
    assertThat(summary.reason()).isEqualTo(reason);
    assertThat(summary.ready()).isEqualTo(ready);
    assertThat(summary.restarts(NOW)).isEqualTo(restarts);
  }
}
