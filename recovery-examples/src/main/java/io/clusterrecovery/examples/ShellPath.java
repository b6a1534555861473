package io.clusterrecovery.examples;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the prompt's compiler looks at: the SDK and the clients that it takes from users. What those
 * keep inside of them runs all the same; but a compiler opens every jar that it is told of, and
 * completion would offer names that nobody types here.
 */
final class ShellPath {
  private static final List<String> INSIDE =
      List.of(
          "annotations-",
          "bcpkix-",
          "bcprov-",
          "bcutil-",
          "client-java-proto-",
          "commons-",
          "error_prone_annotations-",
          "failsafe-",
          "failureaccess-",
          "grpc-",
          "guava-",
          "jackson-",
          "jetcd-",
          "jose4j-",
          "jsch-",
          "kotlin-",
          "listenablefuture-",
          "netty-",
          "okio-",
          "perfmark-",
          "proto-google-",
          "protobuf-",
          "resilience4j-",
          "slf4j-nop-",
          "snakeyaml-",
          "swagger-",
          "third-party-",
          "vertx-",
          "zstd-");

  private ShellPath() {}

  /** {@return those parts of a class path} */
  static String of(String classPath) {
    return Arrays.stream(classPath.split(File.pathSeparator, -1))
        .filter(part -> !isInside(Path.of(part).getFileName().toString()))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static boolean isInside(String jar) {
    return jar.endsWith(".jar") && INSIDE.stream().anyMatch(jar::startsWith);
  }
}
