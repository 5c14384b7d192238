package dev.pintle.etcd.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import dev.pintle.etcd.proto.AuthUserAddRequest;
import dev.pintle.etcd.proto.Compare;
import dev.pintle.etcd.proto.KeyValue;
import dev.pintle.etcd.proto.LeaseGrantRequest;
import dev.pintle.etcd.proto.PutRequest;
import dev.pintle.etcd.proto.RangeRequest;
import dev.pintle.etcd.proto.RangeResponse;
import dev.pintle.etcd.proto.ResponseHeader;
import dev.pintle.etcd.proto.TxnRequest;
import dev.pintle.wire.GrpcStatus;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GatewayJsonTest {
  private static ByteString read(Descriptor type, String json) throws BadJson {
    return read(type, json.getBytes(StandardCharsets.UTF_8));
  }

  private static ByteString read(Descriptor type, byte[] json) throws BadJson {
    return ByteString.copyFrom(ByteBufUtil.getBytes(GatewayJson.message(type, json)));
  }

  private static String write(Message message) {
    byte[] bytes = message.toByteArray();
    return GatewayJson.print(message.getDescriptorForType(), Unpooled.wrappedBuffer(bytes))
        .toString(StandardCharsets.UTF_8);
  }

  private static void refused(Descriptor type, String json, String message) {
    assertThatThrownBy(() -> read(type, json)).as(json).hasMessage(message);
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
    assertThat(read(type, proto)).isEqualTo(expected.toByteString());
    assertThat(read(type, camel)).isEqualTo(expected.toByteString());
  }

  @Test
  void whatIsUnknownOrNullIsPassedOver() throws Exception {
    String json =
        "{\"key\":\"AA==\",\"nope\":{\"deep\":[1,2]},\"sort_order\":\"SIDEWAYS\",\"limit\":null}";
    RangeRequest expected =
        RangeRequest.newBuilder().setKey(ByteString.copyFrom(new byte[1])).build();
    assertThat(read(RangeRequest.getDescriptor(), json)).isEqualTo(expected.toByteString());
  }

  @Test
  void nestedMessagesListsAndEnumsAreRead() throws Exception {
    String json =
        "{\"compare\":[{\"target\":\"VALUE\",\"key\":\"Zm9v\",\"value\":\"YmFy\"}],"
            + "\"success\":[{\"requestPut\":{\"key\":\"Zm9v\"}}]}";
    TxnRequest txn = TxnRequest.parseFrom(read(TxnRequest.getDescriptor(), json));
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

  @Test
  void anIntegerMayHaveAPointAndAnExponentAsANumberAndAsText() throws Exception {
    for (String sixty : new String[] {"60", "60.0", "6e1", "6.0E+1", "600e-1", "0.6e2"}) {
      ByteString expected = LeaseGrantRequest.newBuilder().setTTL(60).build().toByteString();
      assertThat(read(LeaseGrantRequest.getDescriptor(), "{\"TTL\":%s}".formatted(sixty)))
          .isEqualTo(expected);
      assertThat(read(LeaseGrantRequest.getDescriptor(), "{\"TTL\":\"%s\"}".formatted(sixty)))
          .isEqualTo(expected);
    }
    for (String none : new String[] {"1.5", "1e30", "1e-1", "9223372036854775808", "true", "[]"}) {
      String shown = none.equals("[]") ? "[" : none;
      refused(
          LeaseGrantRequest.getDescriptor(),
          "{\"TTL\":%s}".formatted(none),
          "proto: (line 1:8): invalid value for int64 field TTL: " + shown);
    }
  }

  @Test
  void anEnumIsGivenByNameOrNumber() throws Exception {
    ByteString descend =
        RangeRequest.newBuilder()
            .setSortOrder(RangeRequest.SortOrder.DESCEND)
            .build()
            .toByteString();
    for (String two : new String[] {"\"DESCEND\"", "2", "2.0", "0.2e1"}) {
      assertThat(read(RangeRequest.getDescriptor(), "{\"sort_order\":%s}".formatted(two)))
          .isEqualTo(descend);
    }
  }

  /// What such a number means is for whoever is asked.
  @Test
  void anEnumNumberThatStandsForNothingIsPassedOn() throws Exception {
    assertThat(read(Compare.getDescriptor(), "{\"result\":-1,\"target\":9}"))
        .isEqualTo(
            Compare.newBuilder().setTargetValue(9).setResultValue(-1).build().toByteString());
  }

  @Test
  void aFieldThatIsGivenTwiceIsRefused() {
    refused(
        PutRequest.getDescriptor(),
        "{\"key\":\"YQ==\",\n \"lease\":1,\"lease\":1}",
        "proto: (line 2:12): duplicate field \"lease\"");
    refused(
        PutRequest.getDescriptor(),
        "{\"prev_kv\":null,\"prevKv\":true}",
        "proto: (line 1:17): duplicate field \"prevKv\"");
  }

  @Test
  void twoOfWhichOnlyOneMayBeAreRefused() {
    refused(
        TxnRequest.getDescriptor(),
        "{\"success\":[{\"request_put\":{},\"requestRange\":{}}]}",
        "proto: (line 1:31): error parsing \"requestRange\", oneof etcdserverpb.RequestOp.request is"
            + " already set");
  }

  @Test
  void theChosenOneOfSeveralIsThereEvenIfItIsZero() throws Exception {
    TxnRequest txn =
        TxnRequest.parseFrom(
            read(TxnRequest.getDescriptor(), "{\"compare\":[{\"version\":0,\"lease\":null}]}"));
    assertThat(txn.getCompare(0).hasVersion()).isTrue();
  }

  @Test
  void syntaxIsJudgedBeforeAnythingElse() {
    Descriptor put = PutRequest.getDescriptor();
    refused(put, "{", "unexpected EOF");
    refused(
        put,
        "{\"lease\":\"x\",}",
        "invalid character '}' looking for beginning of object key string");
    refused(put, "{\"lease\" 1}", "invalid character '1' after object key");
    refused(put, "{'key':1}", "invalid character '\\'' looking for beginning of object key string");
    refused(put, "nul", "unexpected EOF");
    refused(put, "nulL", "invalid character 'L' in literal null (expecting 'l')");
    refused(put, "{\"a\":\"\t\"}", "invalid character '\\t' in string literal");
    refused(put, "{\"a\":\"\\x\"}", "invalid character 'x' in string escape code");
    refused(put, "{\"a\":01}", "invalid character '1' after object key:value pair");
    refused(put, "{\"a\":1.}", "invalid character '}' after decimal point in numeric literal");
    refused(put, "[1", "unexpected EOF");
    refused(put, "[1]", "proto: syntax error (line 1:1): unexpected token [");
    refused(put, "12", "proto: syntax error (line 1:1): unexpected token 12");
  }

  @Test
  void textThatIsNoTextIsRefused() {
    Descriptor user = AuthUserAddRequest.getDescriptor();
    byte[] latin = "{\"name\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> read(user, latin))
        .hasMessage("proto: syntax error (line 1:9): invalid UTF-8 in string");
    refused(
        user,
        "{\"name\":\"\\ud800 and more\"}",
        "proto: syntax error (line 1:9): invalid escape code \" and m\" in string");
    refused(user, "{\"name\":\"\\ud800\"}", "proto: unexpected EOF");
  }

  @Test
  void escapesStandForTheirCharacters() throws Exception {
    String json = "{\"na\\u006de\":\"\\ud83d\\ude00\\u00e9\\n\\/\\\"\"}";
    AuthUserAddRequest read =
        AuthUserAddRequest.parseFrom(read(AuthUserAddRequest.getDescriptor(), json));
    assertThat(read.getName()).isEqualTo("\ud83d\ude00\u00e9\n/\"");
  }

  @Test
  void base64IsStrictAndLenientWhereGoIs() throws Exception {
    Descriptor put = PutRequest.getDescriptor();
    for (String a : new String[] {"YQ==", "YQ", "YR==", "YQ=\\n=\\r\\n\\n"}) {
      assertThat(read(put, "{\"key\":\"%s\"}".formatted(a)).toStringUtf8()).isEqualTo("\n\1a");
    }
    assertThat(read(put, "{\"key\":\"-_-_\"}")).isEqualTo(read(put, "{\"key\":\"+/+/\"}"));
    for (String none : new String[] {"Y", "YQ=", "+_==", "YQ==YQ==", "Y Q=", "===="}) {
      refused(
          put,
          "{\"key\":\"%s\"}".formatted(none),
          "proto: (line 1:8): invalid value for bytes field key: \"%s\"".formatted(none));
    }
  }

  @Test
  void bodiesOfNothingAndBeyondOneValue() throws Exception {
    Descriptor put = PutRequest.getDescriptor();
    assertThat(read(put, "")).isEqualTo(ByteString.EMPTY);
    assertThat(read(put, " \n ")).isEqualTo(ByteString.EMPTY);
    assertThat(read(put, " {\"lease\":1} nonsense")).isEqualTo(read(put, "{\"lease\":1}"));
    assertThat(GatewayJson.messages(put, " {} {\"lease\":1}\n[".getBytes(StandardCharsets.UTF_8)))
        .hasSize(2);
  }

  @Test
  void nestingTakesNoStackAndHasALimit() throws Exception {
    int levels = 3_000;
    String json = "{\"success\":[{\"requestTxn\":".repeat(levels) + "{}" + "}]}".repeat(levels);
    ByteString message = read(TxnRequest.getDescriptor(), json);
    assertThat(message.size()).isGreaterThan(4 * levels);
    String deep = "[".repeat(10_001);
    refused(TxnRequest.getDescriptor(), deep, "invalid character '[' exceeded max depth");
    refused(
        TxnRequest.getDescriptor(),
        "{\"x\":" + "[".repeat(9_999) + "]".repeat(9_999),
        "unexpected EOF");
  }

  /// What is not JSON of a transaction is refused, whatever it is; what is says the same in all its spellings.
  @Test
  void whateverIsSentIsReadOrRefused() throws Exception {
    long seed = Long.getLong("pintle.gateway.seed", 22);
    System.err.println("-Dpintle.gateway.seed=" + seed);
    SplittableRandom random = new SplittableRandom(seed);
    String valid =
        "{\"compare\":[{\"target\":\"MOD\",\"key\":\"Zm9v\",\"mod_revision\":1e2}],\"success\":["
            + "{\"requestPut\":{\"key\":\"Zm9v\",\"value\":\"\\u0059Q==\"}},{\"request_txn\":{\"failure\":["
            + "{\"request_range\":{\"limit\":\"3\",\"x\":[{},null,true]}}]}}]}";
    String pieces = "{}[]\",:\\ue019.-+ntfz\u00e9\ud83d\ude00 \n";
    int read = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder json = new StringBuilder(valid);
      for (int edits = random.nextInt(1, 4); edits > 0; edits--) {
        int at = random.nextInt(json.length());
        int piece = random.nextInt(pieces.length());
        switch (random.nextInt(3)) {
          case 0 -> json.setCharAt(at, pieces.charAt(piece));
          case 1 -> json.insert(at, pieces.charAt(piece));
          default -> json.deleteCharAt(at);
        }
      }
      byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
      if (random.nextInt(4) == 0) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        TxnRequest message = TxnRequest.parseFrom(read(TxnRequest.getDescriptor(), bytes));
        assertThat(message).isNotNull();
        read++;
      } catch (BadJson refused) {
        assertThat(refused.getMessage()).isNotEmpty();
      }
    }
    assertThat(read).isBetween(100, 15_000);
  }

  @Test
  void aMessageSaysTheSameAfterItWasPrintedAndRead() throws Exception {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 2_000; i++) {
      byte[] key = new byte[random.nextInt(40)];
      random.nextBytes(key);
      PutRequest put =
          PutRequest.newBuilder()
              .setKey(ByteString.copyFrom(key))
              .setLease(random.nextLong())
              .setPrevKv(random.nextBoolean())
              .build();
      assertThat(read(PutRequest.getDescriptor(), write(put))).isEqualTo(put.toByteString());
    }
  }

  @Test
  void anEnumNumberWithoutANameIsPrintedAsANumber() {
    assertThat(write(RangeRequest.newBuilder().setSortOrderValue(9).build()))
        .isEqualTo("{\"sort_order\":9}");
  }

  @Test
  void linesOfAStreamCanStandInAPage() {
    GrpcStatus status = new GrpcStatus(GrpcStatus.Code.NOT_FOUND, "<a> & \"b\"");
    assertThat(GatewayJson.print(status).toString(StandardCharsets.UTF_8))
        .isEqualTo("{\"code\":5,\"message\":\"<a> & \\\"b\\\"\"}");
    assertThat(GatewayJson.printError(status).toString(StandardCharsets.UTF_8))
        .isEqualTo("{\"error\":{\"code\":5,\"message\":\"\\u003ca\\u003e \\u0026 \\\"b\\\"\"}}");
  }
}
