package io.clusterrecovery.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import java.util.StringJoiner;

/** Objects that look like those of Kubernetes, the same ones every time. */
final class BenchObjects {
  private static final int OBJECTS_AT_A_TIME = 100;
  private static final int SECRET_BYTES = 4_500;
  private static final int OWNERS = 40;

  private final BenchEtcd etcd;
  private final Random random = new Random(1);
  private int made;

  BenchObjects(BenchEtcd etcd) {
    this.etcd = etcd;
  }

  /** Writes until the database is at least that large. */
  void fill(long size) throws IOException, InterruptedException {
    while (databaseSize() < size) {
      for (int batch = 0; batch < 5; batch++) {
        etcd.post("/v3/kv/txn", transaction());
      }
    }
  }

  private long databaseSize() throws IOException, InterruptedException {
    return new ObjectMapper()
        .readTree(etcd.post("/v3/maintenance/status", "{}"))
        .get("dbSize")
        .asLong();
  }

  private String transaction() {
    StringJoiner puts = new StringJoiner(",", "{\"success\":[", "]}");
    for (int i = 0; i < OBJECTS_AT_A_TIME; i++) {
      made++;
      String key = "/registry/secrets/team-%03d/secret-%07d".formatted(made % 500, made);
      puts.add(
          "{\"requestPut\":{\"key\":\"%s\",\"value\":\"%s\"}}"
              .formatted(base64(key.getBytes(UTF_8)), base64(object().getBytes(UTF_8))));
    }
    return puts.toString();
  }

  private String object() {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    StringJoiner owners = new StringJoiner(",", "[", "]");
    for (int i = 0; i < OWNERS; i++) {
      byte[] uid = new byte[8];
      random.nextBytes(uid);
      owners.add(
          "{\"apiVersion\":\"apps/v1\",\"kind\":\"ReplicaSet\",\"controller\":true,\"uid\":\"%s\"}"
              .formatted(HexFormat.of().formatHex(uid)));
    }
    return """
    {"apiVersion":"v1","kind":"Secret","type":"Opaque",\
    "metadata":{"name":"secret-%07d","ownerReferences":%s},"data":{"token":"%s"}}
    """
        .formatted(made, owners, base64(secret));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
