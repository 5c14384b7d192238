package dev.pintle.kube.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.ValueKind;
import org.junit.jupiter.api.Test;

class GoConversionTest {
  private static final SchemaNode SMALL = SchemaNode.of(ValueKind.INT32);
  private static final SchemaNode TEXT = SchemaNode.of(ValueKind.TEXT);

  @Test
  void wholeNumbersLoseWhatDoesNotFit() {
    assertThat(GoConversion.number(SMALL, Json.of(3_000_000_000L)))
        .isEqualTo(Json.of(-1_294_967_296));
    assertThat(GoConversion.number(SMALL, new Json.Decimal(2))).isEqualTo(Json.of(2));
    assertThat(GoConversion.number(SMALL, new Json.Decimal(2.5))).isEqualTo(new Json.Decimal(2.5));
  }

  @Test
  void valuesOfAWrongTypeAreToldByTheirKind() {
    assertThat(GoConversion.wrong(TEXT, Json.of(1), "v1.Protocol"))
        .isEqualTo("cannot convert int64 to v1.Protocol");
    assertThat(GoConversion.wrong(TEXT, Json.of(true), "v1.Protocol"))
        .isEqualTo("unrecognized type: string");
    assertThat(GoConversion.wrong(SMALL, new Json.Decimal(2.5), "int32"))
        .isEqualTo("cannot convert float64 to int32");
    assertThat(GoConversion.wrong(SchemaNode.of(ValueKind.LIST), new JsonObject(), "[]string"))
        .isEqualTo("cannot restore slice from map");
  }
}
