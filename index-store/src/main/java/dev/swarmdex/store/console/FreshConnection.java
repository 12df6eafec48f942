package dev.swarmdex.store.console;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/** The JDBC connection that H2's web console keeps: each call goes to a recent snapshot. */
final class FreshConnection implements InvocationHandler {

    private final ConsoleConnection console;

    private FreshConnection(ConsoleConnection console) {
        this.console = console;
    }

    static Connection of(ConsoleConnection console) {
        return (Connection) Proxy.newProxyInstance(FreshConnection.class.getClassLoader(),
                new Class<?>[]{Connection.class}, new FreshConnection(console));
    }

    @Override
    public synchronized @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(console.recent(), arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
