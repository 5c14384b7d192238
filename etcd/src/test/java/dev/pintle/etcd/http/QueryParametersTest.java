package dev.pintle.etcd.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QueryParametersTest {
  @Test
  void aParameterMayComeSeveralTimesAndWithoutAValue() {
    QueryParameters query = QueryParameters.parse("verbose&exclude=a&exclude=b%5Fc&x=");
    assertThat(query.has("verbose")).isTrue();
    assertThat(query.has("x")).isTrue();
    assertThat(query.has("y")).isFalse();
    assertThat(query.values("exclude")).containsExactly("a", "b_c");
    assertThat(query.values("y")).isEmpty();
  }

  @Test
  void whatCannotBeDecodedIsPassedOver() {
    assertThat(QueryParameters.parse("a=%zz&b=1").values("b")).containsExactly("1");
  }
}
