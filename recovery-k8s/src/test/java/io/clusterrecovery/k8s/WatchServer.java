package io.clusterrecovery.k8s;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Answers lists and watches of certificate requests as a test has written them down. */
final class WatchServer implements AutoCloseable {
  /** The lists it gives, one after the other, the last one for ever; as their items. */
  final Queue<List<JsonObject>> lists = new ArrayDeque<>();

  /** What each watch tells before it ends; a number is the status of a refusal. */
  final Queue<Object> watches = new ConcurrentLinkedQueue<>();

  /** Whether the next list has a second page, which cannot be had. */
  volatile boolean breaksOffList;

  /**
   * What was asked for: "list", the "second page" of one, or the version that a watch was to begin
   * from.
   */
  final List<String> asked = Collections.synchronizedList(new ArrayList<>());

  private final HttpServer server;
  private int version = 100;

  WatchServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.start();
  }

  KubeApi api() {
    return KubeApi.of(
        new ApiClient().setBasePath("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  static String event(String type, JsonObject object, String version) {
    object.getAsJsonObject("metadata").addProperty("resourceVersion", version);
    JsonObject event = new JsonObject();
    event.addProperty("type", type);
    event.add("object", object);
    return event + "\n";
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getQuery();
    if (query.contains("continue=more")) {
      asked.add("second page");
      breaksOffList = false;
      send(exchange, 503, "{\"message\": \"no\"}");
      return;
    }
    if (!query.contains("watch=true")) {
      asked.add("list");
      send(exchange, 200, list());
      return;
    }
    asked.add(query.replaceAll(".*resourceVersion=", ""));
    Object script = watches.isEmpty() ? 503 : watches.remove();
    if (script instanceof Integer status) {
      send(exchange, status, "{\"message\": \"no\"}");
    } else {
      send(exchange, 200, script.toString());
    }
  }

  private String list() {
    List<JsonObject> items = lists.size() > 1 ? lists.remove() : lists.element();
    JsonArray array = new JsonArray();
    items.forEach(array::add);
    JsonObject metadata = new JsonObject();
    metadata.addProperty("resourceVersion", "" + version++);
    if (breaksOffList) {
      metadata.addProperty("continue", "more");
    }
    JsonObject list = new JsonObject();
    list.add("items", array);
    list.add("metadata", metadata);
    return list.toString();
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    exchange.sendResponseHeaders(status, 0);
    try (OutputStream body = exchange.getResponseBody()) {
      body.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
