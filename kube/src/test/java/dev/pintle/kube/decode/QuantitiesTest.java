package dev.pintle.kube.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantitiesTest {
  @ParameterizedTest
  @CsvSource({
    "0.1,100m",
    "1024Mi,1Gi",
    "1000m,1",
    "1500m,1500m",
    "1.5Gi,1536Mi",
    "0,0",
    "1000k,1M",
    "100Ki,100Ki",
    "1e3,1e3",
    "0.5Ki,512",
    "12E,12E",
    "1k,1k",
    "2000,2k",
    "1Gi,1Gi"
  })
  void quantitiesAreBroughtToTheFormOfUpstream(String sent, String kept) {
    assertThat(Quantities.canonical(sent)).isEqualTo(kept);
  }

  @Test
  void whatIsNoQuantityIsRefused() {
    assertThatThrownBy(() -> Quantities.canonical("1x")).isInstanceOf(Undecodable.class);
  }
}
