// Functions of real numbers whose results are the same bits on every machine and compiler: tables built at load with
// software arithmetic, then + - * / only. libm's log and exp differ between CPUs (FMA), so they are banned here.
#pragma once

namespace orrery {

/// ln(x) for finite x > 0. Relative error below 1e-15 away from x = 1, absolute error below 1e-16 near it.
double natural_log(double x);

/// e^x for |x| <= 700. Relative error below 4e-16.
double natural_exponential(double x);

/// x^y for x >= 0 and y > 0. Relative error below 2e-16 * (2 + 3 |y ln x|), where |y ln x| <= 700. Exact for y = 1.
double power(double x, double y);

/// The quantile function of the exponential distribution with mean 1: -ln(1 - u), for u in [0, 1).
double exponential_quantile(double u);

}  // namespace orrery
