package io.clusterrecovery.k8s;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.clusterrecovery.Clock;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** The few calls of the API that this module makes, for faults that a real one does not make. */
final class FakeApi implements AutoCloseable {
  /** What a test does in place of an answer: a status, or -1 to hang up. */
  interface Fault extends Function<String, @Nullable Integer> {}

  static final int HANG_UP = -1;
  private static final String NODES = "/api/v1/nodes";

  /** The JDK's server doesn't let anybody set the real one. */
  private static final String DATE = "X-Fake-Date";

  static {
    // Without it each answer takes 40 ms, and a test of a long wait takes minutes.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  final Map<String, JsonObject> requests = new LinkedHashMap<>();
  final Map<String, JsonObject> objects = new LinkedHashMap<>();
  final List<String> calls = new ArrayList<>();
  Consumer<FakeApi> beforeEachList = api -> {};
  Consumer<JsonObject> afterApproval = csr -> {};
  Fault fault = call -> null;
  final Set<String> denied = new HashSet<>();
  Duration ahead = Duration.ZERO;
  CsrApi csrs = CsrApi.V1;

  private final Clock clock;
  private final HttpServer server;
  private int version = 10;

  FakeApi(Clock clock) {
    this.clock = clock;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.start();
  }

  ApiClient client() {
    ApiClient client = new ApiClient();
    client.setHttpClient(
        client.getHttpClient().newBuilder().addInterceptor(FakeApi::toldDate).build());
    return client.setBasePath("http://127.0.0.1:" + server.getAddress().getPort());
  }

  FakeApi add(RequestFixture request) {
    JsonObject document = request.document();
    requests.put(Doc.text(document, "metadata", "name"), document);
    touch(document);
    return this;
  }

  JsonObject request(String name) {
    return requireNonNull(requests.get(name), name);
  }

  void issue(String name) {
    JsonObject document = request(name);
    document
        .getAsJsonObject("status")
        .addProperty("certificate", Certificates.issued(RequestFixture.read(document)));
    touch(document);
  }

  void touch(JsonObject document) {
    version++;
    document.getAsJsonObject("metadata").addProperty("resourceVersion", "" + version);
  }

  List<String> approved() {
    return requests.keySet().stream()
        .filter(n -> RequestFixture.read(request(n)).condition(Condition.APPROVED).isPresent())
        .toList();
  }

  List<String> writes() {
    return calls.stream().filter(c -> c.startsWith("PUT")).toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private static Response toldDate(Interceptor.Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    String date = response.header(DATE, "");
    return response.newBuilder().header("Date", date).build();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String call = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    calls.add(call);
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Integer fault = this.fault.apply(call);
    if (fault == null) {
      answer(exchange, call, body);
    } else if (fault == HANG_UP) {
      exchange.close();
    } else {
      send(exchange, fault, status("a fault of the test"));
    }
  }

  private void answer(HttpExchange exchange, String call, String body) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (call.startsWith("POST")) {
      send(exchange, 201, review(body));
    } else if (call.startsWith("PUT")) {
      approve(exchange, path, JsonParser.parseString(body).getAsJsonObject());
    } else if (path.equals(csrs.path())) {
      beforeEachList.accept(this);
      send(exchange, 200, list(requests.values()));
    } else if (path.startsWith(csrs.path())) {
      found(exchange, requests.get(path.substring(csrs.path().length() + 1)));
    } else if (path.equals(NODES)) {
      send(exchange, 200, list(children(NODES + "/")));
    } else {
      found(exchange, objects.get(path));
    }
  }

  private List<JsonObject> children(String folder) {
    return objects.keySet().stream()
        .filter(path -> path.startsWith(folder))
        .map(objects::get)
        .toList();
  }

  private void approve(HttpExchange exchange, String path, JsonObject sent) throws IOException {
    String name = Doc.text(sent, "metadata", "name");
    JsonObject here = requests.get(name);
    if (here == null || !path.equals(csrs.path(name) + "/approval")) {
      send(exchange, 404, status("not found"));
    } else if (!same(here, sent, "resourceVersion") || !same(here, sent, "uid")) {
      send(exchange, 409, status("the object has been modified"));
    } else {
      requests.put(name, sent);
      touch(sent);
      afterApproval.accept(sent);
      send(exchange, 200, sent);
    }
  }

  private JsonObject review(String body) {
    JsonObject review = JsonParser.parseString(body).getAsJsonObject();
    String verb = Doc.text(review, "spec", "resourceAttributes", "verb");
    JsonObject status = new JsonObject();
    status.addProperty("allowed", !denied.contains(verb));
    review.add("status", status);
    return review;
  }

  private static boolean same(JsonObject here, JsonObject sent, String field) {
    return Doc.text(here, "metadata", field).equals(Doc.text(sent, "metadata", field));
  }

  private static JsonObject list(Collection<JsonObject> objects) {
    JsonObject list = new JsonObject();
    JsonArray items = new JsonArray();
    objects.forEach(items::add);
    list.add("items", items);
    return list;
  }

  private void found(HttpExchange exchange, @Nullable JsonObject object) throws IOException {
    Optional<JsonObject> there = Optional.ofNullable(object);
    send(exchange, there.isPresent() ? 200 : 404, there.orElseGet(() -> status("not found")));
  }

  private static JsonObject status(String message) {
    JsonObject status = new JsonObject();
    status.addProperty("message", message);
    return status;
  }

  private void send(HttpExchange exchange, int status, JsonObject body) throws IOException {
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            clock.now().plus(ahead).atOffset(ZoneOffset.UTC));
    exchange.getResponseHeaders().set(DATE, date);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
