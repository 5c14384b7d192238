package dev.pintle.compat.harness;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The folder that `./pintle assets` writes, by a launcher whose program is the one under test: its own would build another first.
///
/// @param launcher the launcher's file
/// @param folder with `etcd`, `kube-apiserver` and perhaps `kubectl`
public record AssetsFolder(Path launcher, Path folder) {

  /// @param home where launcher and folder may lie
  public static AssetsFolder write(Path home) throws IOException {
    Path launcher = launcher(home.resolve("installed"));
    AssetsFolder assets = new AssetsFolder(launcher, home.resolve("it's assets"));
    Tool.Result written = assets.launch("assets", assets.folder().toString());
    if (written.exit() != 0) {
      throw new IllegalStateException(written.toString());
    }
    return assets;
  }

  /// A copy of the launcher, and a build beside it that is up to date: there is no source.
  public static Path launcher(Path installed) throws IOException {
    Path house = Peers.house();
    Files.createDirectories(installed.resolve(".mvn"));
    for (String module :
        List.of(
            "kernel", "bbolt", "storage", "member", "wire", "etcd", "schema", "kube", "server")) {
      Files.createDirectory(installed.resolve(module));
    }
    Files.copy(house.resolve("pom.xml"), installed.resolve("pom.xml"));
    Path launcher = Files.copy(house.resolve("pintle"), installed.resolve("pintle"));
    Files.createSymbolicLink(installed.resolve("launcher"), house.resolve("launcher"));
    Path lib = Files.createDirectories(installed.resolve(".pintle/app-test/lib"));
    link(lib);
    Files.writeString(installed.resolve(".pintle/current"), "test\n");
    return launcher;
  }

  private static void link(Path lib) throws IOException {
    int count = 0;
    for (String entry : ProgramCommand.classPath().split(File.pathSeparator, -1)) {
      Path jar = Path.of(entry).toAbsolutePath();
      Path natives = jar.resolveSibling("lib").resolve("native");
      if (Files.isRegularFile(jar)) {
        Files.createSymbolicLink(lib.resolve("%03d-%s".formatted(count++, jar.getFileName())), jar);
      }
      if (Files.isDirectory(natives) && !Files.exists(lib.resolve("native"))) {
        Files.createSymbolicLink(lib.resolve("native"), natives);
      }
    }
  }

  /// Runs the launcher.
  public Tool.Result launch(String... arguments) {
    return Tool.of(launcher, arguments).run();
  }

  /// The path of a program of the folder.
  public Path program(String name) {
    return folder.resolve(name);
  }

  /// A command that runs a program of the folder with no environment at all but where programs are.
  public List<String> bare(String name) {
    return List.of("env", "-i", "PATH=/usr/bin:/bin", program(name).toString());
  }
}
