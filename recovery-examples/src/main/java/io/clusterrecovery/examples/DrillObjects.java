package io.clusterrecovery.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The objects that a drill writes through the API, and their digests as etcd stores them. */
final class DrillObjects {
  static final String NAMESPACE = "cluster-recovery-drill";
  static final String CONFIGMAPS = "/registry/configmaps/";
  private static final String PREFIX = CONFIGMAPS + NAMESPACE + "/";
  private static final int WRITERS = 16;
  private static final int CONTENT_BYTES = 256;

  private final CoreV1Api api;

  DrillObjects(ApiClient client) {
    this.api = new CoreV1Api(client);
  }

  void makeNamespace() {
    call(
        () ->
            api.createNamespace(new V1Namespace().metadata(new V1ObjectMeta().name(NAMESPACE)))
                .execute());
  }

  /** Writes objects NAME-00001 and so on, with content that only their name decides. */
  void write(String name, int count) {
    ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
    try {
      List<Future<?>> pending = new ArrayList<>();
      for (int i = 1; i <= count; i++) {
        String object = "%s-%05d".formatted(name, i);
        pending.add(writers.submit(() -> writeOne(object)));
      }
      for (Future<?> one : pending) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("an object could not be written", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while objects were written", e);
    } finally {
      writers.shutdownNow();
    }
  }

  /** Changes the first objects of that name. */
  void change(String name, int count) {
    for (int i = 1; i <= count; i++) {
      String object = "%s-%05d".formatted(name, i);
      V1ConfigMap map =
          new V1ConfigMap()
              .metadata(new V1ObjectMeta().name(object))
              .putDataItem("content", content("changed-" + object));
      call(() -> api.replaceNamespacedConfigMap(object, NAMESPACE, map).execute());
    }
  }

  /** At which revision each configmap was last written, by its key. */
  static Map<String, Long> revisions(Tool etcdctl) {
    String json = etcdctl.run("get", "--prefix", CONFIGMAPS, "--keys-only", "--write-out=json");
    Map<String, Long> revisions = new TreeMap<>();
    parse(json).path("kvs").forEach(kv -> revisions.put(key(kv), kv.path("mod_revision").asLong()));
    return revisions;
  }

  /** Which configmaps were {@code created} or {@code changed} since, as etcd says. */
  static Map<String, String> written(Map<String, Long> before, Tool etcdctl) {
    Map<String, String> written = new TreeMap<>();
    revisions(etcdctl)
        .forEach(
            (key, revision) -> {
              if (!before.containsKey(key)) {
                written.put(key, "created");
              } else if (!revision.equals(before.get(key))) {
                written.put(key, "changed");
              }
            });
    return written;
  }

  /** The content of an object of that name. */
  static String content(String object) {
    byte[] bytes = new byte[CONTENT_BYTES];
    new Random(object.hashCode()).nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** The digest of every object's value, as the given etcd stores it, by its key. */
  static Map<String, String> digests(Tool etcdctl, String name) {
    String json = etcdctl.run("get", "--prefix", PREFIX + name + "-", "--write-out=json");
    Map<String, String> digests = new TreeMap<>();
    for (JsonNode kv : parse(json).path("kvs")) {
      digests.put(key(kv), sha256(Base64.getDecoder().decode(kv.path("value").asText())));
    }
    return digests;
  }

  /** Writes a line "KEY SHA256" for each object. */
  static void save(Map<String, String> digests, Path file) {
    try {
      Files.write(
          file, digests.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode parse(String json) {
    try {
      return new ObjectMapper().readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException("not JSON: " + json, e);
    }
  }

  private static String key(JsonNode kv) {
    return new String(Base64.getDecoder().decode(kv.path("key").asText()), UTF_8);
  }

  private void writeOne(String object) {
    V1ConfigMap map =
        new V1ConfigMap()
            .metadata(new V1ObjectMeta().name(object))
            .putDataItem("content", content(object));
    call(() -> api.createNamespacedConfigMap(NAMESPACE, map).execute());
  }

  private static String sha256(byte[] value) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @FunctionalInterface
  private interface Call {
    Object make() throws ApiException;
  }

  private static void call(Call call) {
    try {
      call.make();
    } catch (ApiException e) {
      throw new IllegalStateException(
          "the API answered " + e.getCode() + ": " + e.getResponseBody(), e);
    }
  }
}
