package dev.pintle.etcd.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import dev.pintle.etcd.proto.KeyValue;
import dev.pintle.etcd.proto.PutRequest;
import dev.pintle.etcd.proto.RangeRequest;
import dev.pintle.etcd.proto.RangeResponse;
import dev.pintle.etcd.proto.ResponseHeader;
import dev.pintle.etcd.proto.TxnRequest;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

class GatewayJsonTest {
  private static final JsonFactory JSON = new JsonFactory();

  private static DynamicMessage read(Descriptor type, String json) throws BadJson {
    try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), json)) {
      in.nextToken();
      return new ProtoJsonReader(in).message(type);
    }
  }

  private static String write(Message message) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      new ProtoJsonWriter(out).message(message);
    }
    return text.toString();
  }

  @Test
  void bothSpellingsOfAFieldAndBothFormsOfANumberAreRead() throws Exception {
    PutRequest expected =
        PutRequest.newBuilder()
            .setKey(ByteString.copyFromUtf8("foo"))
            .setLease(77)
            .setPrevKv(true)
            .build();
    Descriptor type = PutRequest.getDescriptor();
    String proto = "{\"key\":\"Zm9v\",\"lease\":\"77\",\"prev_kv\":true}";
    String camel = "{\"key\":\"Zm9v\",\"lease\":77,\"prevKv\":true}";
    assertThat(read(type, proto).toByteString()).isEqualTo(expected.toByteString());
    assertThat(read(type, camel).toByteString()).isEqualTo(expected.toByteString());
  }

  @Test
  void whatIsUnknownOrNullIsPassedOver() throws Exception {
    String json =
        "{\"key\":\"AA==\",\"nope\":{\"deep\":[1,2]},\"sort_order\":\"SIDEWAYS\",\"limit\":null}";
    RangeRequest expected =
        RangeRequest.newBuilder().setKey(ByteString.copyFrom(new byte[1])).build();
    assertThat(read(RangeRequest.getDescriptor(), json).toByteString())
        .isEqualTo(expected.toByteString());
  }

  @Test
  void nestedMessagesListsAndEnumsAreRead() throws Exception {
    String json =
        "{\"compare\":[{\"target\":\"VALUE\",\"key\":\"Zm9v\",\"value\":\"YmFy\"}],"
            + "\"success\":[{\"requestPut\":{\"key\":\"Zm9v\"}}]}";
    TxnRequest txn = TxnRequest.parseFrom(read(TxnRequest.getDescriptor(), json).toByteString());
    assertThat(txn.getCompare(0).getTargetValue()).isEqualTo(3);
    assertThat(txn.getSuccess(0).getRequestPut().getKey().toStringUtf8()).isEqualTo("foo");
  }

  @Test
  void bytesThatAreNotBase64AreRefusedWithTheirPlace() {
    assertThatThrownBy(() -> read(PutRequest.getDescriptor(), "{\"key\":\"not base64!\"}"))
        .hasMessage("proto: (line 1:8): invalid value for bytes field key: \"not base64!\"");
  }

  @Test
  void numbersOf64BitsArePrintedAsTextAndZerosAreLeftOut() {
    RangeResponse response =
        RangeResponse.newBuilder()
            .setHeader(ResponseHeader.newBuilder().setClusterId(-1L).setRevision(46).setRaftTerm(2))
            .addKvs(
                KeyValue.newBuilder()
                    .setKey(ByteString.copyFromUtf8("foo"))
                    .setCreateRevision(43)
                    .build())
            .setCount(1)
            .build();
    assertThat(write(response))
        .isEqualTo(
            "{\"header\":{\"cluster_id\":\"18446744073709551615\",\"revision\":\"46\","
                + "\"raft_term\":\"2\"},\"kvs\":[{\"key\":\"Zm9v\",\"create_revision\":\"43\"}],"
                + "\"count\":\"1\"}");
  }
}
