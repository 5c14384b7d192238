package dev.pintle.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LibrariesTest {
  @TempDir Path folder;

  @Test
  void aLibraryOfAnotherModuleIsFound() throws Exception {
    assertThat(brokenBy("etcd", "io.netty.channel.Channel"))
        .extracting(Finding::what)
        .containsExactly(
            "touches io.netty.channel.Channel (etcd may touch: %s)"
                .formatted(Libraries.MAY_TOUCH.get("etcd")));
    assertThat(brokenBy("member", "org.rocksdb.Channel"))
        .extracting(Finding::what)
        .containsExactly("touches org.rocksdb.Channel (member may touch: [])");
  }

  @Test
  void aModulesOwnLibraryIsLeftAlone() throws Exception {
    assertThat(brokenBy("wire", "io.netty.channel.Channel")).isEmpty();
    assertThat(brokenBy("etcd", "io.netty.buffer.Buffer")).isEmpty();
  }

  @Test
  void theJdkIsNoLibrary() throws Exception {
    var module =
        Planted.module(folder, "member")
            .main("package dev.pintle.member; class A { java.nio.file.Path p; Object[] q; }")
            .built();
    assertThat(new Libraries().broken(module)).isEmpty();
  }

  @Test
  void onlyModulesOfTheReactorHaveARow() throws Exception {
    assertThat(Reactor.modules()).containsAll(Libraries.MAY_TOUCH.keySet());
  }

  /// Plants a library class of that name beside a module's class that mentions it; what the library itself touches is not counted.
  private Stream<Finding> brokenBy(String module, String library) throws Exception {
    int dot = library.lastIndexOf('.');
    String name = library.substring(dot + 1);
    var built =
        Planted.module(folder.resolve(module + name), module)
            .main("package %s; public class %s {}".formatted(library.substring(0, dot), name))
            .main("package dev.pintle.%s; class A { %s it; }".formatted(module, library))
            .built();
    return new Libraries().broken(built).filter(one -> one.where().startsWith("dev.pintle."));
  }
}
