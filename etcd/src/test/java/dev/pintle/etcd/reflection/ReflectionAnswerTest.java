package dev.pintle.etcd.reflection;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.UnknownFieldSet;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ReflectionAnswerTest {
  private static final byte[] REQUEST = {0x3a, 1, '*'};

  /// The fields of an answer.
  private static UnknownFieldSet answer(Function<ReflectionAnswer, ByteBuf> question)
      throws Exception {
    ReflectionAnswer answer = new ReflectionAnswer(ByteBufAllocator.DEFAULT, REQUEST);
    ByteBuf whole = answer.whole("host", question.apply(answer));
    try {
      UnknownFieldSet fields = UnknownFieldSet.parseFrom(ByteBufUtil.getBytes(whole));
      assertThat(fields.getField(1).getLengthDelimitedList())
          .containsExactly(ByteString.copyFromUtf8("host"));
      assertThat(fields.getField(2).getLengthDelimitedList())
          .containsExactly(ByteString.copyFrom(REQUEST));
      return fields;
    } finally {
      whole.release();
    }
  }

  private static List<ByteString> list(UnknownFieldSet fields, int number) throws Exception {
    ByteString message = fields.getField(number).getLengthDelimitedList().getFirst();
    return UnknownFieldSet.parseFrom(message).getField(1).getLengthDelimitedList();
  }

  @Test
  void servicesAreListed() throws Exception {
    List<String> names = new ArrayList<>();
    for (ByteString service : list(answer(ReflectionAnswer::services), 6)) {
      names.add(
          UnknownFieldSet.parseFrom(service)
              .getField(1)
              .getLengthDelimitedList()
              .getFirst()
              .toString(StandardCharsets.UTF_8));
    }
    assertThat(names)
        .containsExactly(
            "etcdserverpb.Auth",
            "etcdserverpb.Cluster",
            "etcdserverpb.KV",
            "etcdserverpb.Lease",
            "etcdserverpb.Maintenance",
            "etcdserverpb.Watch",
            "grpc.health.v1.Health",
            "v3electionpb.Election",
            "v3lockpb.Lock");
  }

  @Test
  void theFileOfAMethodComesWithThoseItNeeds() throws Exception {
    List<String> names = new ArrayList<>();
    for (ByteString file : list(answer(it -> it.symbol("v3lockpb.Lock.Unlock")), 4)) {
      names.add(FileDescriptorProto.parseFrom(file).getName());
    }
    assertThat(names).containsExactly("v3lock.proto", "rpc.proto", "auth.proto", "mvcc.proto");
  }

  @Test
  void whatIsNotThereIsNotFound() throws Exception {
    UnknownFieldSet fields = answer(it -> it.symbol("no.such.Thing"));
    ByteString error = fields.getField(7).getLengthDelimitedList().getFirst();
    UnknownFieldSet told = UnknownFieldSet.parseFrom(error);
    assertThat(told.getField(1).getVarintList()).containsExactly(5L);
    assertThat(told.getField(2).getLengthDelimitedList())
        .containsExactly(ByteString.copyFromUtf8("Symbol not found: no.such.Thing"));
  }
}
